// SPDX-License-Identifier: Apache-2.0
/** The findings: one line each, the rest of it when somebody opens it. */
class Findings {
  static SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'];
  static PRINTED_WHOLE = 100;

  constructor() {
    this.items = data.findings.map((finding, number) => ({finding, number, drawn: false}));
    this.search = el('input', {
      type: 'search',
      placeholder: 'Search findings',
      'aria-label': 'Search findings',
      oninput: () => this.filter(),
    });
    this.severities = new Set(Findings.SEVERITIES);
    this.shown = el('span', {class: 'note', role: 'status'});
  }

  draw(where) {
    const open = this.items.filter(item => !item.finding.suppression);
    const suppressed = this.items.filter(item => item.finding.suppression);
    if (this.items.length === 0) {
      append(where, [el('p', {}, data.verdict === 'clean'
        ? 'No rule found anything, and nothing is missing.'
        : 'No rule found anything. Something is missing, so that says little: see below.')]);
      return;
    }
    append(where, [el('div', {class: 'tools'}, this.search, this.choices(), this.shown)]);
    if (data.findings_total > this.items.length) {
      append(where, [el('p', {class: 'notice'}, 'Only ' + this.items.length.toLocaleString('en') + ' of '
        + data.findings_total.toLocaleString('en') + ' findings are in this page, the worst first: '
        + 'trailcam replay --format json has all.')]);
    }
    append(where, [el('div', {class: 'findings'}, open.map(item => this.item(item)))]);
    if (suppressed.length > 0) {
      append(where, [el('details', {class: 'suppressed'},
        el('summary', {}, count(suppressed.length, 'finding') + ' suppressed as legitimate use'),
        el('div', {class: 'findings'}, suppressed.map(item => this.item(item))))]);
    }
    this.filter();
    window.addEventListener('beforeprint', () => this.beforePrint());
  }

  choices() {
    const present = new Set(data.findings.map(finding => finding.severity));
    return Findings.SEVERITIES.filter(severity => present.has(severity)).map(severity =>
      el('label', {class: 'choice'}, el('input', {
        type: 'checkbox',
        checked: true,
        onchange: event => {
          this.severities[event.target.checked ? 'add' : 'delete'](severity);
          this.filter();
        },
      }), badge(severity)));
  }

  item(item) {
    const finding = item.finding;
    const rule = data.rules[finding.rule];
    item.element = el('details', {
      class: 'finding ' + finding.severity,
      id: 'finding-' + item.number,
      ontoggle: () => this.body(item),
    }, el('summary', {},
      badge(finding.severity),
      el('span', {class: 'title'}, rule.title),
      el('code', {class: 'command'}, finding.command || finding.program || finding.exec_id),
      el('span', {class: 'because'}, finding.reason),
      el('span', {class: 'when'}, finding.ts, ' on ', el('bdi', {}, finding.host))));
    return item.element;
  }

  body(item) {
    if (item.drawn) {
      return;
    }
    item.drawn = true;
    const finding = item.finding;
    const rule = data.rules[finding.rule];
    append(item.element, [el('div', {class: 'body'},
      this.incident(item),
      finding.suppression && el('p', {class: 'notice'}, 'Suppressed as ', el('code', {}, finding.suppression.id),
        ' until ' + finding.suppression.expires + ', by ', el('bdi', {}, finding.suppression.owner), ': ',
        el('bdi', {}, finding.suppression.reason)),
      el('div', {class: 'tools'},
        finding.process >= 0 && el('button', {
          type: 'button', onclick: () => tree.show(finding.process),
        }, 'Show among the processes'),
        el('button', {type: 'button', onclick: () => timeline.around(finding.ts_us)}, 'Show on the time line')),
      this.todo(finding, rule),
      el('h4', {}, 'Evidence'),
      this.evidence(finding),
      this.about(finding, rule))]);
  }

  /** Several findings may be one thing that happened. */
  incident(item) {
    const finding = item.finding;
    const same = this.items.filter(other => other.finding.incident === finding.incident && other !== item);
    return same.length > 0 && el('p', {}, 'One incident with ', same.slice(0, 10).map((other, i) => [i > 0 && ', ',
      el('button', {type: 'button', class: 'link', onclick: () => this.open(other.number)},
        data.rules[other.finding.rule].title + ' (' + time(other.finding.ts_us).slice(11, 23) + ')')]),
    same.length > 10 && ', and ' + (same.length - 10) + ' more', '.');
  }

  todo(finding, rule) {
    return finding.guidance.map(environment => el('div', {class: 'guidance'},
      el('h4', {}, 'What to do: ' + data.environments[environment]),
      lines(rule.what_to_do[environment])));
  }

  evidence(finding) {
    const lineage = finding.ancestors.map(ancestor => el('li', {},
      code(ancestor.program === null ? ancestor.comm : ancestor.program), ' pid ' + ancestor.pid));
    return facts([
      ['When', finding.ts],
      ['Command', command(finding.command)],
      ['', finding.argv_truncated ? 'The recorder cut the arguments: there were more.' : ''],
      ['', finding.command_cut ? 'Cut here: trailcam replay shows all of it.' : ''],
      ['Program', code(finding.program)],
      ['Working directory', code(finding.cwd)],
      ['User', 'uid ' + finding.uid + (finding.euid === finding.uid ? '' : ', effective uid ' + finding.euid)
        + (finding.login_uid === null ? '' : ', logged in as uid ' + finding.login_uid)],
      ['Process', ['pid ' + finding.pid + ', ', code(finding.process_id)]],
      ['Machine', [el('bdi', {}, finding.host), finding.environment === null
        ? ' (nobody said of which environment)' : [' (', el('bdi', {}, finding.environment), ')']]],
      ['Container', finding.container_id && code(finding.container_id)],
      ['Parent', code(finding.parent_command || finding.parent_program)],
      ['Ancestors', lineage.length === 0 ? null : el('ol', {class: 'lineage'}, lineage)],
      ['CI', finding.ci < 0 ? null : ciFacts(data.ci[finding.ci])],
      ['Execution', code(finding.exec_id)],
      ['Finding', code(finding.id)],
      ['Capture', [code(finding.capture_id), ', file ', code(finding.segment)]],
      ['SHA-256 of that file', code(finding.segment_sha256)],
    ]);
  }

  about(finding, rule) {
    return el('details', {class: 'about'}, el('summary', {}, 'About the rule'),
      facts([
        ['Rule', [code(rule.id), ' version ' + rule.version + ', ' + rule.status]],
        ['ATT&CK', rule.attack.join(', ')],
      ]),
      rule.what_it_sees && [el('h4', {}, 'What it sees'), lines(rule.what_it_sees)],
      finding.guidance.filter(environment => rule.why_it_matters[environment]).map(environment => [
        el('h4', {}, 'Why it matters: ' + data.environments[environment]),
        lines(rule.why_it_matters[environment])]),
      rule.benign_causes && [el('h4', {}, 'Benign causes'), lines(rule.benign_causes)],
      rule.what_it_misses && [el('h4', {}, 'What it misses'), lines(rule.what_it_misses)]);
  }

  filter() {
    const wanted = this.search.value.toLowerCase();
    let shown = 0;
    for (const item of this.items) {
      const finding = item.finding;
      const rule = data.rules[finding.rule];
      const matches = this.severities.has(finding.severity)
        && (wanted === '' || [rule.id, rule.title, finding.reason, finding.command, finding.program, finding.host,
          finding.exec_id, finding.id].some(value => value !== null && value.toLowerCase().includes(wanted)));
      item.element.hidden = !matches;
      shown += matches ? 1 : 0;
    }
    this.shown.textContent = shown === this.items.length ? '' : shown + ' of ' + this.items.length + ' shown';
  }

  open(number) {
    const item = this.items[number];
    const outer = item.element.parentElement.closest('details');
    if (outer) {
      outer.open = true;
    }
    item.element.hidden = false;
    item.element.open = true;
    this.body(item);
    item.element.scrollIntoView({block: 'start'});
    item.element.querySelector('summary').focus({preventScroll: true});
  }

  /** Paper cannot be opened: the worst findings are printed whole, of the others their line. */
  beforePrint() {
    this.items.slice(0, Findings.PRINTED_WHOLE).forEach(item => {
      this.body(item);
      item.element.open = true;
    });
  }
}

/** Paragraphs and list items, one per line; what stands between back quotes is code. */
function lines(value) {
  return el('div', {class: 'prose'}, value.split('\n').filter(line => line.trim() !== '')
    .map(line => el('p', {class: /^(-|\d+\.) /.test(line) ? 'item' : ''},
      line.split(/`([^`]+)`/).map((part, i) => i % 2 === 1 ? code(part) : part))));
}
