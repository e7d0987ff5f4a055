// SPDX-License-Identifier: Apache-2.0
/**
 * A list of any length of which only the rows in sight exist. Every row has the same height.
 *
 * draw(number) gives the content and class of a row: {class, indent, children, level, expanded}.
 */
class Rows {
  static HEIGHT = 24;

  constructor(label, role, draw, listener) {
    this.draw = draw;
    this.listener = listener || {};
    this.count = 0;
    this.active = 0;
    this.role = role;
    this.space = el('div', {class: 'space', role: 'presentation'});
    this.id = 'rows-' + Rows.made++;
    this.element = el('div', {
      class: 'rows',
      role,
      tabindex: '0',
      'aria-label': label,
      id: this.id,
      onscroll: () => this.later(),
      onkeydown: event => this.key(event),
      onclick: event => this.click(event),
      onfocus: () => this.paint(),
    }, this.space);
    new ResizeObserver(() => this.later()).observe(this.element);
  }

  static made = 0;

  set(count, active) {
    this.count = count;
    this.active = Math.max(0, Math.min(active === undefined ? this.active : active, count - 1));
    this.space.style.height = count * Rows.HEIGHT + 'px';
    this.paint();
  }

  later() {
    if (!this.waiting) {
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        this.paint();
      });
    }
  }

  paint() {
    const height = this.element.clientHeight || 400;
    const first = Math.max(0, Math.floor(this.element.scrollTop / Rows.HEIGHT) - 8);
    const last = Math.min(this.count, Math.ceil((this.element.scrollTop + height) / Rows.HEIGHT) + 8);
    const rows = [];
    for (let i = first; i < last; i++) {
      rows.push(this.row(i));
    }
    this.space.replaceChildren(...rows);
    if (this.count > 0) {
      this.element.setAttribute('aria-activedescendant', this.id + '-' + this.active);
    }
  }

  row(i) {
    const drawn = this.draw(i);
    const row = el('div', {
      class: 'row ' + (drawn.class || '') + (i === this.active ? ' active' : ''),
      id: this.id + '-' + i,
      role: this.role === 'tree' ? 'treeitem' : 'option',
      'aria-selected': String(i === this.active),
      'aria-level': drawn.level,
      'aria-expanded': drawn.expanded,
      'aria-posinset': this.role === 'tree' ? null : i + 1,
      'aria-setsize': this.role === 'tree' ? null : this.count,
      'data-row': i,
    }, drawn.children);
    row.style.top = i * Rows.HEIGHT + 'px';
    if (drawn.indent) {
      row.style.paddingLeft = drawn.indent + 'px';
    }
    return row;
  }

  go(i) {
    if (this.count === 0) {
      return;
    }
    this.active = Math.max(0, Math.min(i, this.count - 1));
    const top = this.active * Rows.HEIGHT;
    const view = this.element;
    if (top < view.scrollTop) {
      view.scrollTop = top;
    } else if (top + Rows.HEIGHT > view.scrollTop + view.clientHeight) {
      view.scrollTop = top + Rows.HEIGHT - view.clientHeight;
    }
    this.paint();
    if (this.listener.moved) {
      this.listener.moved(this.active);
    }
  }

  /** Puts a row in the middle of what is in sight. */
  show(i) {
    this.element.scrollTop = Math.max(0, i * Rows.HEIGHT - this.element.clientHeight / 2);
    this.go(i);
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.element.clientHeight / Rows.HEIGHT) - 1);
    const to = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: this.count - 1,
    }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (to !== undefined) {
      this.go(to);
      event.preventDefault();
    } else if (this.listener.key && this.listener.key(event.key, this.active)) {
      event.preventDefault();
    }
  }

  click(event) {
    const row = event.target.closest('.row');
    if (row) {
      const i = Number(row.dataset.row);
      const toggled = event.target.closest('.twist') && this.listener.twisted;
      this.go(i);
      if (toggled) {
        this.listener.twisted(i);
      }
    }
  }
}
