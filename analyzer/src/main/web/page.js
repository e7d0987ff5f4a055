// SPDX-License-Identifier: Apache-2.0
// What evidence says becomes a text node and nothing else: there is no markup in this program, and the page's policy
// (require-trusted-types-for) has the browser refuse any.

const data = JSON.parse(document.getElementById('data').textContent);
const texts = data.activity.texts;

function text(number) {
  return number < 0 ? null : texts[number];
}

/** An element; properties that begin with "on" are listeners, the others attributes. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  append(element, children);
  return element;
}

function append(parent, children) {
  for (const child of children.flat(3)) {
    if (child !== null && child !== undefined && child !== false && child !== '') {
      parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
}

function count(n, what) {
  return n.toLocaleString('en') + ' ' + what + (n === 1 ? '' : 's');
}

/** Microseconds since 1970 as RFC 3339 in UTC. */
function time(us) {
  const ms = Math.floor(us / 1000);
  if (Math.abs(ms) > 8.64e15) {
    return us + ' µs since 1970';
  }
  const micros = String(us - ms * 1000).padStart(3, '0');
  return new Date(ms).toISOString().replace('Z', micros + 'Z');
}

function code(value, unknown) {
  return value === null || value === undefined
    ? el('span', {class: 'unknown'}, unknown || 'not known')
    : el('code', {}, value);
}

/** A whole command line. A program can be executed without even its name. */
function command(value) {
  return value === '' ? code(null, 'no arguments at all, not even a name') : code(value, 'arguments could not be read');
}

/** Name and value below each other; what has no value is left out. */
function facts(pairs) {
  const list = el('dl', {class: 'facts'});
  for (const [name, value] of pairs) {
    if (value !== null && value !== undefined && value !== '' && value !== false) {
      append(list, [el('dt', {}, name), el('dd', {}, value)]);
    }
  }
  return list;
}

function badge(severity) {
  return el('span', {class: 'badge ' + severity}, severity);
}

/** A list that shows its first items, and all of them when somebody asks. */
function some(items, limit, draw) {
  const list = el('ul', {class: 'plain'});
  const add = (from, to) => append(list, items.slice(from, to).map(item => el('li', {}, draw(item))));
  add(0, limit);
  if (items.length <= limit) {
    return list;
  }
  const more = el('button', {
    type: 'button',
    onclick: () => {
      add(limit, items.length);
      more.remove();
    },
  }, 'Show all ' + items.length.toLocaleString('en'));
  return el('div', {}, list, more);
}

function table(heads, rows) {
  return el('div', {class: 'wide'}, el('table', {},
    el('thead', {}, el('tr', {}, heads.map(head => el('th', {scope: 'col'}, head)))),
    el('tbody', {}, rows.map(row => el('tr', {}, row.map(cell => el('td', {}, cell)))))));
}

function section(id) {
  return document.getElementById(id);
}

/** The page may lead to hosts that the CI context stands for, and nowhere else. */
function link(target) {
  const url = new URL(target.url);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.host !== target.host) {
    return el('code', {}, target.url);
  }
  return el('a', {
    href: url.href,
    target: '_blank',
    rel: 'noopener noreferrer external',
    referrerpolicy: 'no-referrer',
  }, target.url);
}
