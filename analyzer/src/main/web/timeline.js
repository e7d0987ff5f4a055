// SPDX-License-Identifier: Apache-2.0
/** What happened when: bars of executions, marks of findings, shades where something is missing. */
class Timeline {
  static HEIGHT = 190;
  static SHORTEST_US = 10_000;

  constructor() {
    const activity = data.activity;
    const executions = activity.executions;
    this.whole = activity.amounts.executions.told === activity.amounts.executions.total;
    this.execs = Float64Array.from(executions.ts);
    const found = new Map();
    data.findings.forEach((finding, i) => {
      if (!found.has(finding.exec_id)) {
        found.set(finding.exec_id, i);
      }
    });
    this.items = [];
    executions.ts.forEach((ts, i) =>
      this.items.push({ts, exec: i, finding: found.has(executions.id[i]) ? found.get(executions.id[i]) : -1}));
    activity.events.ts.forEach((ts, i) => this.items.push({ts, event: i}));
    const known = new Set(executions.id);
    data.findings.forEach((finding, i) => {
      if (!known.has(finding.exec_id)) {
        this.items.push({ts: finding.ts_us, finding: i});
      }
    });
    this.items.sort((a, b) => a.ts - b.ts);
    this.times = Float64Array.from(this.items, item => item.ts);
    this.marks = data.findings.map((finding, i) => ({ts: finding.ts_us, severity: finding.severity, number: i}))
      .sort((a, b) => a.ts - b.ts);
    this.others = activity.events.ts.filter((ts, i) => activity.events.kind[i] !== 'exit');
    this.losses = data.windows.filter(loss => loss.from_us !== null || loss.to_us !== null);
  }

  span() {
    const parts = data.activity.density.parts;
    const density = data.activity.density;
    const ends = [];
    if (parts.length > 0) {
      ends.push(density.from_us, density.from_us + (parts[parts.length - 1][0] + 1) * density.width_us);
    }
    if (this.times.length > 0) {
      ends.push(this.times[0], this.times[this.times.length - 1]);
    }
    for (const loss of this.losses) {
      ends.push(...[loss.from_us, loss.to_us].filter(us => us !== null));
    }
    const from = Math.min(...ends);
    const to = Math.max(...ends, from + Timeline.SHORTEST_US);
    const margin = Math.max(1, (to - from) * 0.01);
    return [from - margin, to + margin];
  }

  draw(where) {
    if (this.items.length === 0) {
      append(where, [el('p', {}, 'Nothing was recorded.')]);
      return;
    }
    this.full = this.span();
    this.svg = d3.create('svg').attr('class', 'chart').attr('role', 'img').attr('tabindex', '0')
      .attr('height', Timeline.HEIGHT);
    this.most = el('span');
    this.label = el('span', {class: 'note', role: 'status'});
    this.list = new Rows('Events', 'listbox', i => this.row(this.items[this.first + i]), {
      key: (key, i) => key === 'Enter' && this.open(this.items[this.first + i]),
    });
    append(where, [
      el('div', {class: 'tools'},
        [['+', 'Closer', 2], ['−', 'Farther', 0.5]].map(([sign, label, factor]) => el('button', {
          type: 'button', 'aria-label': label, title: label, onclick: () => this.scale(factor),
        }, sign)),
        el('button', {type: 'button', onclick: () => this.zoomTo(...this.full)}, 'All'), this.label),
      el('div', {class: 'frame'}, this.svg.node()),
      el('p', {class: 'legend note'}, el('span', {class: 'key execs'}), this.most,
        el('span', {class: 'key others'}), ' failed executions and raw sockets ',
        el('span', {class: 'key lost'}), ' something is missing. ',
        'Drag, Ctrl and wheel, arrow keys, + and − move and zoom; 0 shows all.'),
      notAll(data.activity),
      paper(),
      this.list.element]);
    this.svg.on('keydown', event => this.key(event));
    this.zoom = d3.zoom()
      // Without Ctrl the wheel scrolls the page, as everywhere.
      .filter(event => event.type === 'wheel' ? event.ctrlKey || event.metaKey : !event.button)
      .on('zoom', event => this.paint(event.transform));
    this.svg.call(this.zoom).on('dblclick.zoom', null);
    new ResizeObserver(() => this.resize()).observe(this.svg.node().parentElement);
    this.resize();
  }

  resize() {
    const width = Math.max(320, this.svg.node().parentElement.clientWidth);
    if (width === this.width) {
      return;
    }
    const view = this.view;
    this.width = width;
    this.base = d3.scaleLinear().domain(this.full).range([8, width - 8]);
    this.svg.attr('width', width);
    this.zoom.extent([[0, 0], [width, Timeline.HEIGHT]]).translateExtent([[0, 0], [width, Timeline.HEIGHT]])
      .scaleExtent([1, Math.max(1, (this.full[1] - this.full[0]) / Timeline.SHORTEST_US)]);
    this.zoomTo(...(view || this.full));
  }

  zoomTo(from, to) {
    const k = (this.full[1] - this.full[0]) / (to - from);
    const x = 8 - k * this.base(from);
    this.svg.call(this.zoom.transform, d3.zoomIdentity.translate(x, 0).scale(k));
  }

  scale(factor) {
    this.svg.call(this.zoom.scaleBy, factor);
  }

  around(us) {
    const half = Math.min(15_000_000, (this.full[1] - this.full[0]) / 2);
    this.zoomTo(us - half, us + half);
    section('timeline').scrollIntoView({block: 'start'});
    const at = d3.bisectLeft(this.times, us);
    this.list.show(at - this.first);
    this.list.element.focus({preventScroll: true});
  }

  key(event) {
    const act = {
      ArrowLeft: () => this.svg.call(this.zoom.translateBy, this.width / 5 / this.transform.k, 0),
      ArrowRight: () => this.svg.call(this.zoom.translateBy, -this.width / 5 / this.transform.k, 0),
      '+': () => this.scale(2),
      '=': () => this.scale(2),
      '-': () => this.scale(0.5),
      0: () => this.zoomTo(...this.full),
    }[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      act();
      event.preventDefault();
    }
  }

  paint(transform) {
    this.transform = transform;
    const x = transform.rescaleX(this.base);
    this.view = [x.invert(8), x.invert(this.width - 8)];
    const [from, to] = this.view;
    const svg = this.svg;
    svg.selectAll('*').remove();
    const bottom = Timeline.HEIGHT - 24;
    const top = 34;
    this.paintLosses(x, top, bottom);
    const bars = this.bars(x);
    const y = d3.scaleLinear().domain([0, Math.max(1, d3.max(bars, bar => bar.n) || 1)]).range([bottom, top + 8]);
    svg.append('g').attr('class', 'execs').selectAll('rect').data(bars).join('rect')
      .attr('x', bar => bar.x).attr('width', bar => Math.max(1, bar.width - 0.5))
      .attr('y', bar => y(bar.n)).attr('height', bar => bottom - y(bar.n));
    this.paintOthers(x, bottom);
    this.paintFindings(x, top, bottom);
    const clock = d3.scaleUtc().domain([new Date(from / 1000), new Date(to / 1000)]).range([8, this.width - 8]);
    svg.append('g').attr('class', 'axis').attr('transform', 'translate(0,' + bottom + ')')
      .call(d3.axisBottom(clock).ticks(Math.max(2, Math.floor(this.width / 130))).tickFormat(Timeline.format(to - from)));
    const most = d3.max(bars, bar => bar.n) || 0;
    this.most.textContent = most === 0 ? ' executions ' : ' executions, at most ' + most.toLocaleString('en') + ' in a bar ';
    this.first = d3.bisectLeft(this.times, from);
    const last = d3.bisectRight(this.times, to);
    this.label.textContent = time(Math.round(from)) + ' to ' + time(Math.round(to)) + ', '
      + count(last - this.first, 'event');
    svg.attr('aria-label', 'Time line from ' + time(Math.round(from)) + ' to ' + time(Math.round(to)));
    this.list.set(last - this.first, 0);
  }

  /** A tick says all that changes from one to the next, and what that is part of. */
  static format(us) {
    return d3.utcFormat(us < 2e6 ? '%H:%M:%S.%L' : us < 3e8 ? '%H:%M:%S' : us < 1.7e11 ? '%d %b %H:%M' : '%Y-%m-%d');
  }

  /** Of what is in the page as fine as the screen; else of what was counted beforehand. */
  bars(x) {
    const [from, to] = this.view;
    if (!this.whole) {
      const density = data.activity.density;
      return density.parts.map(([number, n]) => {
        const start = x(density.from_us + number * density.width_us);
        return {x: start, width: x(density.from_us + (number + 1) * density.width_us) - start, n};
      }).filter(bar => bar.x + bar.width >= 0 && bar.x <= this.width);
    }
    const width = 5;
    const bars = [];
    const step = (to - from) / Math.ceil((this.width - 16) / width);
    for (let at = from, i = d3.bisectLeft(this.execs, from); at < to;) {
      const next = at + step;
      const end = d3.bisectLeft(this.execs, next, i);
      if (end > i) {
        bars.push({x: x(at), width: x(next) - x(at), n: end - i});
      }
      i = end;
      at = next;
    }
    return bars;
  }

  paintLosses(x, top, bottom) {
    this.svg.append('g').attr('class', 'lost').selectAll('rect').data(this.losses).join('rect')
      .attr('x', loss => this.bound(loss.from_us, x, 0)).attr('y', top)
      .attr('width', loss => Math.max(3, this.bound(loss.to_us, x, this.width) - this.bound(loss.from_us, x, 0)))
      .attr('height', bottom - top)
      .append('title').text(loss => 'Missing: ' + loss.what);
  }

  bound(us, x, open) {
    return us === null ? open : Math.max(-10, Math.min(this.width + 10, x(us)));
  }

  paintOthers(x, bottom) {
    const [from, to] = this.view;
    const seen = new Set(this.others.filter(ts => ts >= from && ts <= to).map(ts => Math.round(x(ts))));
    this.svg.append('g').attr('class', 'others').selectAll('line').data([...seen]).join('line')
      .attr('x1', at => at).attr('x2', at => at).attr('y1', bottom - 8).attr('y2', bottom);
  }

  /** One mark for each few pixels and severity, the worst on top. */
  paintFindings(x, top, bottom) {
    const [from, to] = this.view;
    const places = new Map();
    for (const mark of this.marks) {
      if (mark.ts >= from && mark.ts <= to) {
        const at = Math.round(x(mark.ts) / 8) * 8;
        const rank = Findings.SEVERITIES.indexOf(mark.severity);
        const place = places.get(at);
        if (!place) {
          places.set(at, {at, rank, n: 1, number: mark.number});
        } else {
          place.n++;
          if (rank < place.rank) {
            place.rank = rank;
            place.number = mark.number;
          }
        }
      }
    }
    const marks = this.svg.append('g').attr('class', 'marks').selectAll('g')
      .data([...places.values()].sort((a, b) => b.rank - a.rank)).join('g')
      .attr('class', place => Findings.SEVERITIES[place.rank])
      .on('click', (event, place) => findings.open(place.number));
    marks.append('line').attr('x1', place => place.at).attr('x2', place => place.at).attr('y1', 20).attr('y2', bottom);
    marks.append('circle').attr('cx', place => place.at).attr('cy', 16)
      .attr('r', place => Math.min(12, 5 + Math.log2(place.n)));
    marks.append('title').text(place => count(place.n, 'finding') + ', ' + Findings.SEVERITIES[place.rank]);
  }

  row(item) {
    const executions = data.activity.executions;
    const finding = item.finding === undefined || item.finding < 0 ? null : data.findings[item.finding];
    const pid = item.exec !== undefined ? executions.pid[item.exec]
      : item.event !== undefined ? data.activity.events.pid[item.event] : finding.pid;
    let what;
    if (item.exec !== undefined) {
      what = code(text(executions.command[item.exec]) || text(executions.program[item.exec]));
    } else if (item.event !== undefined) {
      what = el('span', {}, eventText(item.event));
    } else {
      what = code(finding.command || finding.program);
    }
    return {
      class: finding ? 'found ' + finding.severity : item.event !== undefined ? 'minor' : '',
      children: [el('span', {class: 'stamp'}, time(item.ts)),
        el('span', {class: 'pid'}, pid),
        what, finding && badge(finding.severity)],
    };
  }

  open(item) {
    const executions = data.activity.executions;
    if (item.finding !== undefined && item.finding >= 0) {
      findings.open(item.finding);
    } else if (item.exec !== undefined && executions.process[item.exec] >= 0) {
      tree.show(executions.process[item.exec]);
    } else {
      return false;
    }
    return true;
  }
}
