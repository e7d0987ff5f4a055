// SPDX-License-Identifier: Apache-2.0
const findings = new Findings();
const tree = new Tree();
const timeline = new Timeline();

function verdict() {
  const where = section('verdict');
  where.className = data.verdict;
  append(where, [
    el('h1', {}, el('span', {class: 'product'}, 'Trailcam'), data.headline),
    data.evidence_complete
      && el('p', {class: 'complete'}, 'The evidence is complete: nothing is known to be missing, and all of it is as it was sealed.'),
    data.notices.map(notice => el('p', {class: 'notice'}, notice)),
    data.sentences.map(sentence => el('p', {}, sentence)),
  ]);
  document.title = 'Trailcam: ' + data.headline;
}

function ciFacts(ci) {
  return facts([
    ['Provider', ci.provider], ['Project', ci.project_path && code(ci.project_path)],
    ['Workflow', ci.workflow], ['Job', ci.job],
    ['Run', ci.run_id && [code(ci.run_id), ci.run_attempt ? ', attempt ' + ci.run_attempt : '']],
    ['Commit', ci.commit_sha && code(ci.commit_sha)], ['Branch or tag', ci.ref_name && code(ci.ref_name)],
    ['Started by', ci.trigger && [ci.trigger, ci.actor ? [', ', el('bdi', {}, ci.actor)] : '']],
    ...ci.links.map(target => [target.to, link(target)]),
  ]);
}

function ci() {
  const where = section('ci');
  if (data.ci.length === 0) {
    append(where, [el('p', {}, 'No capture was recorded in CI.')]);
    return;
  }
  append(where, [some(data.ci, 20, one => [ciFacts(one), el('p', {class: 'note'}, count(one.captures, 'capture'))])]);
  if (data.ci.some(one => one.links.length > 0)) {
    append(where, [el('p', {class: 'note'}, data.links_note)]);
  }
}

function missing() {
  const where = section('missing');
  const parts = [
    ['What is wrong with the evidence', data.problems,
      problem => [code(problem.path), ': ', el('bdi', {}, problem.message)]],
    ['Rules and suppressions that could not be used', data.rule_problems, problem => code(problem)],
    ['When no finding means nothing', data.windows, one => [
      one.time, ' in ', code(one.path), ': ', one.what]],
    ['What was lost', data.losses, loss => loss],
    ['What suppressions need', data.suppression_warnings, warning => el('bdi', {}, warning)],
  ].filter(([, items]) => items.length > 0);
  if (parts.length === 0) {
    append(where, [el('p', {}, 'Nothing: all that was recorded is there and as it was sealed.')]);
  }
  for (const [title, items, draw] of parts) {
    append(where, [el('h3', {}, title), some(items, 20, draw)]);
  }
  append(where, data.left_out.map(sentence => el('p', {class: 'notice'}, sentence)));
}

function verify() {
  const where = section('verify');
  append(where, [
    el('p', {}, 'Every file was hashed and compared with its manifest before it was read. These commands do it again, '
      + 'and give the findings again:'),
    el('pre', {class: 'commands', tabindex: '0'}, data.commands.join('\n')),
    el('h3', {}, 'Captures'),
    el('p', {class: 'note'}, 'The head is the SHA-256 of the manifest’s last line, to which the whole chain leads: '
      + 'compare it with one that was kept elsewhere.'),
    pages(data.captures, 100, rows => table(['Capture', 'Machine', 'Recorded', 'State', 'Head'], rows.map(one => [
      code(one.path), [el('bdi', {}, one.host), one.environment ? [' (', el('bdi', {}, one.environment), ')'] : ''],
      [one.from, one.to ? ' to ' + one.to : ', no end'], one.state, code(one.head_sha256)]))),
    el('h3', {}, 'Rules'),
    pages(data.rules, 100, rows => table(['Rule', 'Version', 'Findings', 'SHA-256'],
      rows.map(rule => [code(rule.id), rule.version, rule.findings, code(rule.sha256)]))),
    el('p', {class: 'note'}, data.tool + ', ' + data.engine),
  ]);
}

/** A long table is drawn when somebody asks for the rest. */
function pages(items, limit, draw) {
  const first = el('div', {}, draw(items.slice(0, limit)));
  if (items.length > limit) {
    const more = el('button', {type: 'button', onclick: () => first.replaceChildren(draw(items))},
      'Show all ' + items.length.toLocaleString('en'));
    append(first, [more]);
  }
  return first;
}

function theme() {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  section('theme').addEventListener('click', () => {
    const root = document.documentElement;
    const now = root.dataset.theme || (dark.matches ? 'dark' : 'light');
    root.dataset.theme = now === 'dark' ? 'light' : 'dark';
  });
}

verdict();
findings.draw(section('findings'));
tree.draw(section('tree'));
timeline.draw(section('timeline'));
missing();
ci();
verify();
theme();
// For whoever measures: everything is there and was on the screen once.
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('usable')));
