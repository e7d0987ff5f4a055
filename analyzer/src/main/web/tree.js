// SPDX-License-Identifier: Apache-2.0
/** Who started whom. Every walk is a loop: a chain of processes may be as long as it likes. */
class Tree {
  static FOLD = 20;
  static EDGES = {
    o: ['', 'observed: an execution’s row names it by process id and start'],
    i: ['⋯', 'inferred: rows name it by its process id alone'],
    m: ['?', 'missing: nothing that was recorded says who it was, or what is said cannot be true'],
    r: ['', 'none: the kernel started this process'],
  };
  static ORIGINS = {
    e: '',
    a: 'It was alive when recording began and executed nothing since.',
    f: 'It executed nothing itself: it was forked, and ran the program of its parent.',
    m: 'Known only because a descendant names it: it has no row of its own.',
  };

  constructor() {
    const processes = data.activity.processes;
    const n = processes.pid.length;
    this.size = n;
    this.processes = processes;
    this.execs = Array.from({length: n}, () => []);
    this.events = Array.from({length: n}, () => []);
    this.found = Array.from({length: n}, () => []);
    this.roots = [];
    this.children = Array.from({length: n}, () => []);
    for (let i = 0; i < n; i++) {
      (processes.parent[i] < 0 ? this.roots : this.children[processes.parent[i]]).push(i);
    }
    const executions = data.activity.executions;
    executions.process.forEach((process, i) => {
      if (process >= 0) {
        this.execs[process].push(i);
      }
    });
    const events = data.activity.events;
    events.process.forEach((process, i) => {
      // How a process ended stands with the process.
      if (process >= 0 && events.kind[i] !== 'exit') {
        this.events[process].push(i);
      }
    });
    this.below = new Int32Array(n);
    data.findings.forEach((finding, i) => this.count(finding, i));
    this.opened = new Uint8Array(n);
    this.unfolded = new Set();
    this.mask = null;
    this.rows = [];
  }

  count(finding, number) {
    if (finding.process < 0) {
      return;
    }
    this.found[finding.process].push(number);
    for (let at = finding.process; at >= 0; at = this.processes.parent[at]) {
      this.below[at]++;
    }
  }

  draw(where) {
    if (this.size === 0) {
      append(where, [el('p', {}, 'No process was recorded.')]);
      return;
    }
    append(where, [notAll(data.activity)]);
    this.search = el('input', {
      type: 'search',
      placeholder: 'Search processes',
      'aria-label': 'Search processes by command, program or pid',
      oninput: () => this.filter(),
    });
    this.leading = el('input', {type: 'checkbox', onchange: () => this.filter()});
    this.status = el('span', {class: 'note', role: 'status'});
    this.list = new Rows('Processes', 'tree', i => this.row(this.rows[i]), {
      moved: i => this.detail(this.rows[i]),
      twisted: i => this.twist(this.rows[i]),
      key: (key, i) => this.key(key, this.rows[i], i),
    });
    this.side = el('div', {class: 'side', 'aria-live': 'polite'});
    append(where, [
      el('div', {class: 'tools'}, this.search,
        data.findings.length > 0 && el('label', {class: 'choice'}, this.leading, 'only what leads to findings'),
        el('button', {type: 'button', onclick: () => this.all(0)}, 'Close all'), this.status),
      el('p', {class: 'note'}, 'Arrow keys move, open and close. ⋯ marks an inferred parent, ? a missing '
        + 'one; in grey is what executed nothing itself.'),
      paper(),
      el('div', {class: 'split'}, this.list.element, this.side)]);
    this.openFirst();
    this.refresh();
    const first = this.rows.findIndex(row => row.process !== undefined && this.found[row.process].length > 0);
    if (first >= 0) {
      this.list.show(first);
    } else {
      this.detail(this.rows[0]);
    }
  }

  /** What leads to the worst findings; without any, the first levels. */
  openFirst() {
    let opened = 0;
    this.found.forEach((findings, process) => {
      if (findings.length > 0 && opened < 500) {
        opened++;
        this.openTo(process);
      }
    });
    let level = this.roots;
    for (let shown = level.length; opened === 0 && level.length > 0 && shown < 40;) {
      level.forEach(process => {
        this.opened[process] = 1;
      });
      level = level.flatMap(process => this.children[process]);
      shown += level.length;
    }
  }

  openTo(process) {
    for (let at = this.processes.parent[process]; at >= 0; at = this.processes.parent[at]) {
      this.opened[at] = 1;
    }
  }

  all(value) {
    this.opened.fill(value);
    this.unfolded.clear();
    this.refresh();
  }

  refresh(process) {
    this.rows = this.flatten();
    const at = process === undefined ? -1 : this.rows.findIndex(row => row.process === process);
    this.list.set(this.rows.length, at < 0 ? undefined : at);
    return at;
  }

  flatten() {
    const rows = [];
    const stack = [];
    const push = (processes, level, parent) => {
      const items = this.fold(processes, level, parent);
      for (let i = items.length - 1; i >= 0; i--) {
        stack.push(items[i]);
      }
    };
    push(this.roots, 1, -1);
    while (stack.length > 0) {
      const row = stack.pop();
      rows.push(row);
      if (row.process !== undefined && (this.mask || this.opened[row.process])) {
        push(this.children[row.process], row.level + 1, row.process);
      }
    }
    return rows;
  }

  /** Children that did the same and started nothing stand in one row. */
  fold(processes, level, parent) {
    const visible = this.mask ? processes.filter(process => this.mask[process]) : processes;
    if (visible.length < Tree.FOLD) {
      return visible.map(process => ({process, level}));
    }
    const alike = new Map();
    for (const process of visible) {
      const key = this.foldable(process) ? this.name(process) : null;
      if (key !== null) {
        alike.set(key, (alike.get(key) || 0) + 1);
      }
    }
    const rows = [];
    const folds = new Map();
    for (const process of visible) {
      const key = this.foldable(process) ? this.name(process) : null;
      if (key === null || alike.get(key) < Tree.FOLD || this.unfolded.has(parent + '|' + key)) {
        rows.push({process, level});
      } else if (folds.has(key)) {
        folds.get(key).folded.push(process);
      } else {
        const row = {folded: [process], name: key, parent, level};
        folds.set(key, row);
        rows.push(row);
      }
    }
    return rows;
  }

  foldable(process) {
    return this.children[process].length === 0 && this.found[process].length === 0 && this.name(process) !== null;
  }

  /** What a process ran last, or is known to have run. */
  name(process) {
    const execs = this.execs[process];
    return execs.length === 0
      ? text(this.processes.program[process])
      : text(data.activity.executions.program[execs[execs.length - 1]]);
  }

  command(process) {
    const execs = this.execs[process];
    const command = execs.length === 0 ? -1 : data.activity.executions.command[execs[execs.length - 1]];
    return (command < 0 ? null : text(command)) || this.name(process);
  }

  row(row) {
    const indent = 6 + Math.min(row.level - 1, 40) * 16;
    if (row.folded) {
      return {
        class: 'fold', indent, level: row.level, expanded: 'false',
        children: [el('span', {class: 'twist'}, '▸'),
          '× ' + row.folded.length.toLocaleString('en') + ' ', el('code', {}, row.name)],
      };
    }
    const process = row.process;
    const parent = this.children[process].length > 0;
    const open = parent && (this.mask !== null || this.opened[process] === 1);
    const findings = this.found[process];
    const worst = findings.length === 0 ? null : data.findings[Math.min(...findings)].severity;
    const [mark, meaning] = Tree.EDGES[this.processes.edge[process]];
    const command = this.command(process);
    return {
      class: worst === null ? '' : 'found ' + worst,
      indent, level: row.level, expanded: parent ? String(open) : null,
      children: [
        el('span', {class: 'twist'}, parent ? (open ? '▾' : '▸') : ''),
        mark && el('span', {class: 'edge', title: meaning}, mark),
        el('span', {class: 'pid'}, this.processes.pid[process]),
        el('code', {class: this.execs[process].length === 0 ? 'passive' : ''}, command === null ? '?' : command),
        worst && badge(worst),
        this.lost(process) && el('span', {class: 'note'}, 'its last program was not recorded'),
        this.processes.omitted[process] > 0 && el('span', {class: 'note'},
          count(this.processes.omitted[process], 'descendant') + ' not in this page'),
        !open && this.below[process] > findings.length
          && el('span', {class: 'note'}, count(this.below[process] - findings.length, 'finding') + ' below'),
      ],
    };
  }

  lost(process) {
    return this.processes.program_lost[process] === 1;
  }

  twist(row) {
    if (row.folded) {
      this.unfolded.add(row.parent + '|' + row.name);
      this.refresh();
    } else if (this.children[row.process].length > 0 && !this.mask) {
      this.opened[row.process] = 1 - this.opened[row.process];
      this.refresh(row.process);
    }
  }

  key(key, row, i) {
    const open = row.process !== undefined && this.opened[row.process] === 1 && this.children[row.process].length > 0;
    if (key === 'Enter' || key === ' ') {
      this.twist(row);
    } else if (key === 'ArrowRight') {
      if (open) {
        this.list.go(i + 1);
      } else {
        this.twist(row);
      }
    } else if (key === 'ArrowLeft') {
      if (open) {
        this.twist(row);
      } else {
        const parent = row.folded ? row.parent : this.processes.parent[row.process];
        const at = this.rows.findIndex(other => other.process === parent);
        if (at >= 0) {
          this.list.go(at);
        }
      }
    } else {
      return false;
    }
    return true;
  }

  filter() {
    const wanted = this.search.value.trim().toLowerCase();
    if (wanted === '' && !this.leading.checked) {
      this.mask = null;
      this.status.textContent = '';
      this.refresh();
      return;
    }
    const mask = new Uint8Array(this.size);
    let matching = 0;
    for (let i = 0; i < this.size; i++) {
      if (this.matches(i, wanted) && (!this.leading.checked || this.found[i].length > 0)) {
        matching++;
        for (let at = i; at >= 0 && !mask[at]; at = this.processes.parent[at]) {
          mask[at] = 1;
        }
      }
    }
    this.mask = mask;
    this.status.textContent = matching.toLocaleString('en') + (matching === 1 ? ' process' : ' processes');
    this.refresh();
    this.list.show(0);
  }

  matches(process, wanted) {
    if (wanted === '' || String(this.processes.pid[process]) === wanted) {
      return true;
    }
    const has = value => value !== null && value.toLowerCase().includes(wanted);
    return has(text(this.processes.program[process])) || this.execs[process].some(exec =>
      has(text(data.activity.executions.program[exec])) || has(text(data.activity.executions.command[exec])));
  }

  show(process) {
    this.go(process);
    section('tree').scrollIntoView({block: 'start'});
    this.list.element.focus({preventScroll: true});
  }

  /** Opens what is above a process, and makes it the active one. */
  go(process) {
    this.search.value = '';
    this.leading.checked = false;
    this.mask = null;
    this.status.textContent = '';
    this.openTo(process);
    this.unfolded.add(this.processes.parent[process] + '|' + this.name(process));
    this.list.show(this.refresh(process));
  }

  detail(row) {
    if (row === undefined || row.folded) {
      this.side.replaceChildren();
      return;
    }
    const process = row.process;
    const processes = this.processes;
    const missing = processes.executions[process] - this.execs[process].length;
    this.side.replaceChildren(...[
      el('h3', {}, 'Process ' + processes.pid[process]),
      facts([
        ['Parent', this.parent(process)],
        ['Known as', this.execs[process].length === 0 ? code(text(processes.program[process])) : null],
        ['', Tree.ORIGINS[processes.origin[process]]],
        ['Forked', processes.started[process] !== null && time(processes.started[process])],
        ['Ended', this.ending(process)],
        ['', this.lost(process) && el('strong', {}, 'The program it ran last was not recorded: that execution was lost.')],
        ['', missing > 0 && count(missing, 'execution') + ' of it not in this page.'],
        ['Container', text(processes.container[process]) && code(text(processes.container[process]))],
      ]),
      this.found[process].map(number => el('p', {}, badge(data.findings[number].severity), ' ', el('button', {
        type: 'button', class: 'link', onclick: () => findings.open(number),
      }, data.rules[data.findings[number].rule].title))),
      some(this.execs[process], 20, exec => this.execution(exec)),
      some(this.events[process], 20, event => el('span', {}, time(data.activity.events.ts[event]) + ' ',
        eventText(event))),
    ].flat());
  }

  parent(process) {
    const parent = this.processes.parent[process];
    const how = Tree.EDGES[this.processes.edge[process]][1];
    return parent < 0 ? how : [el('button', {
      type: 'button', class: 'link', onclick: () => this.go(parent),
    }, 'process ' + this.processes.pid[parent]), ', ' + how];
  }

  ending(process) {
    const ended = this.processes.ended[process];
    if (ended === null) {
      return 'no row says that it did';
    }
    const signal = this.processes.signal[process];
    return time(ended) + (signal === null ? ', status ' + this.processes.exit_code[process] : ', by signal ' + signal);
  }

  execution(exec) {
    const executions = data.activity.executions;
    return facts([
      ['Executed', [time(executions.ts[exec]), ' ', el('button', {
        type: 'button', class: 'link', onclick: () => timeline.around(executions.ts[exec]),
      }, 'time line')]],
      ['Command', command(text(executions.command[exec]))],
      ['', executions.whole[exec] ? '' : 'Not all of its arguments are shown.'],
      ['Program', code(text(executions.program[exec]))],
      ['Directory', code(text(executions.cwd[exec]))],
      ['User', 'uid ' + executions.uid[exec]
        + (executions.euid[exec] === executions.uid[exec] ? '' : ', effective uid ' + executions.euid[exec])],
      ['Machine', el('bdi', {}, text(executions.host[exec]))],
      ['Execution', code(executions.id[exec])],
    ]);
  }
}

/** What a list that draws what is in sight has to say in print. */
function paper() {
  return el('p', {class: 'paper note'}, 'On paper there is what was in sight when it was printed; the file has the rest.');
}

/** Says where the page has not all there is. */
function notAll(activity) {
  const left = activity.processes.left_out;
  const cut = Object.entries(activity.amounts).filter(([, amount]) => amount.told < amount.total)
    .map(([name, amount]) => amount.told.toLocaleString('en') + ' of ' + amount.total.toLocaleString('en') + ' ' + name);
  if (left > 0) {
    const total = activity.processes.total - activity.processes.not_wanted;
    cut.push((total - left).toLocaleString('en') + ' of ' + total.toLocaleString('en') + ' processes');
  }
  return cut.length === 0 ? null : el('p', {class: 'notice'}, 'This page has ' + cut.join(', ') + ': '
    + (data.findings.length > 0 ? 'those nearest in time to a finding' : 'the earliest')
    + '. Its bars count all of them; --limit takes more into the page.');
}

function eventText(event) {
  const events = data.activity.events;
  const what = text(events.text[event]);
  const number = events.number[event];
  switch (events.kind[event]) {
    case 'exit':
      return [el('code', {}, text(events.comm[event])),
        events.signal[event] !== null ? ' ended by signal ' + events.signal[event] : ' ended with status ' + number];
    case 'failed':
      return ['failed to execute ', code(what), ' (errno ' + number + ')'];
    default:
      return ['raw socket: ', code(what), number === 0 ? '' : ' (failed, errno ' + number + ')'];
  }
}
