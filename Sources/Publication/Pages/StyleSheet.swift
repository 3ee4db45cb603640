/// The one style sheet of the pages, inlined in each so that a page stands alone.
///
/// Tokens, then elements, then page parts, then charts, then adaptations (narrow, dark, forced colours,
/// print). It states the rules of the design: ink says what happened, colour only what it means.
enum StyleSheet {
  /// The sheet without comments, indentation and line ends.
  static let minified: [UInt8] = {
    var out: [UInt8] = []
    var isComment = false
    var previous: UInt8 = 0
    for byte in source.utf8 {
      if isComment {
        if previous == UInt8(ascii: "*"), byte == UInt8(ascii: "/") {
          isComment = false
          previous = 0
          continue
        }
      } else if previous == UInt8(ascii: "/"), byte == UInt8(ascii: "*") {
        isComment = true
        out.removeLast()
      } else if byte == 0x0A {
        // A line end inside a value separates words; after a brace or a semicolon it separates nothing.
        if let last = out.last, !"{};, \n".utf8.contains(last) { out.append(0x20) }
      } else if byte != 0x20 || !(out.last.map { " {};\n".utf8.contains($0) } ?? true) {
        out.append(byte)
      }
      previous = byte
    }
    return out
  }()

  private static let source = #"""
    /* JVS dashboards: the one style sheet.
       Tokens, then elements, then page parts, then charts, then adaptations (narrow, dark, forced colours, print). */

    /* ------------------------------------------------------------------ tokens */

    :root {
      color-scheme: light dark;

      /* Type: a scale of six steps, ratio about 1.2; nothing under 12 px on screen. */
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
      --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "Liberation Mono", monospace;
      --t-chart: .78125rem;   /* 12.5 px: text inside a chart */
      --t-small: .8125rem;    /* 13 px: notes, sources, table heads */
      --t-table: .875rem;     /* 14 px: tables, keys */
      --t-body: 1rem;         /* 16 px */
      --t-lead: 1.125rem;     /* 18 px: lead paragraphs, chart headlines */
      --t-h2: 1.3125rem;      /* 21 px */
      --t-h1: 2rem;           /* 32 px */

      /* Space: multiples of 4 px. */
      --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2rem; --s7: 3rem; --s8: 4rem;

      /* Measure and grid. */
      --page: 80rem;          /* the page never grows past this */
      --rail: 12.5rem;        /* left column: section number, title, note */
      --gutter: 2.5rem;
      --prose: 40rem;         /* about 70 characters */

      /* Surfaces and ink, light. */
      --paper: #fcfbf8;
      --wash: #f3f1eb;        /* quiet panels, table head on scroll */
      --ink: #18212b;
      --soft: #4d5966;        /* secondary text */
      --rule: #d6d2c7;        /* hairlines */
      --edge: #7c848c;        /* lines that carry data: limits, axis zero */
      --link: #0e4f8a;
      --focus: #0e4f8a;

      /* Meaning. Blue is better, orange is worse, plum is a target; grey and ink say nothing. */
      --better: #1a64ad;
      --worse: #b5440b;
      --target: #6a2a78;

      /* Categories, in the order of exits: durable, transition, positive, other. Dark to light, then textured. */
      --c1: #123f6d; --on-c1: #ffffff;
      --c2: #36719f; --on-c2: #ffffff;
      --c3: #abcfe8; --on-c3: #18212b; --c3-line: #36719f;
      --c4: #ecd8ae; --on-c4: #18212b; --c4-line: #85590f;
      --c0: #fcfbf8; --on-c0: #18212b; --c0-line: #7c848c;

      /* One hue, five steps, for matrices. */
      --q1: #eaf2f9; --q2: #c5dcee; --q3: #8fbbdd; --q4: #3b75a5; --q5: #123f6d;
      --on-q1: #18212b; --on-q2: #18212b; --on-q3: #18212b; --on-q4: #ffffff; --on-q5: #ffffff;

      --band: #ecebe4;        /* between control limits */
      --hatch: #a39d8e;       /* provisional, not due */
      --grid: #e4e1d8;
    }

    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14181d; --wash: #1c2229; --ink: #ebe8e1; --soft: #b0b8c0;
        --rule: #39414a; --edge: #838e98; --link: #93c3ef; --focus: #93c3ef;
        --better: #74b4f0; --worse: #f2915a; --target: #ecc0f2;
        --c1: #b4d8f6; --on-c1: #14181d;
        --c2: #5c9ad0; --on-c2: #14181d;
        --c3: #23486b; --on-c3: #ffffff; --c3-line: #5c9ad0;
        --c4: #4a3a17; --on-c4: #ffffff; --c4-line: #c99a45;
        --c0: #14181d; --on-c0: #ebe8e1; --c0-line: #838e98;
        --q1: #1c2a38; --q2: #24425f; --q3: #2f648f; --q4: #6aa6d8; --q5: #b4d8f6;
        --on-q1: #ebe8e1; --on-q2: #ffffff; --on-q3: #ffffff; --on-q4: #14181d; --on-q5: #14181d;
        --band: #242b33; --hatch: #66707a; --grid: #2a3138;
      }
    }

    /* ---------------------------------------------------------------- elements */

    *, ::before, ::after { box-sizing: border-box; }

    html {
      /* Grows gently on very wide screens; the reader's own size stays the base. */
      font-size: clamp(100%, 87.5% + .2vw, 125%);
      -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
      scroll-padding-top: var(--s5);
    }

    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 400 var(--t-body)/1.5 var(--sans);
      font-variant-numeric: tabular-nums lining-nums;
      text-rendering: optimizeLegibility;
      overflow-wrap: break-word;
    }

    h1, h2, h3, h4, p, ul, ol, dl, dd, figure, blockquote, table { margin: 0; }
    h1, h2, h3, h4 { line-height: 1.22; text-wrap: balance; }
    h1 { font-size: clamp(1.5rem, 1.1rem + 2vw, var(--t-h1)); font-weight: 700; letter-spacing: -.015em; }
    h2 { font-size: var(--t-h2); font-weight: 700; letter-spacing: -.008em; }
    h3 { font-size: var(--t-lead); font-weight: 600; }
    h4 { font-size: var(--t-body); font-weight: 600; }
    p, li, dd { text-wrap: pretty; }
    p, ul, ol, dl { max-width: var(--prose); }
    ul, ol { padding-left: 1.15rem; }
    li + li { margin-top: var(--s1); }
    a { color: var(--link); text-decoration: underline; text-decoration-thickness: .06em; text-underline-offset: .16em; }
    a:hover { text-decoration-thickness: .14em; }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 1px; }
    sup { line-height: 0; font-size: .7em; }
    small, .small { font-size: var(--t-small); }
    .soft { color: var(--soft); }
    .nowrap { white-space: nowrap; }
    code, .code { font-family: var(--mono); font-size: .92em; }
    .overdue { color: var(--worse); }
    .foot code { overflow-wrap: anywhere; }
    abbr { text-decoration-thickness: .06em; text-underline-offset: .16em; }
    hr { border: 0; border-top: 1px solid var(--rule); margin: var(--s5) 0; }
    .vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

    .skip { position: absolute; left: var(--s4); top: -6rem; padding: var(--s3) var(--s4); background: var(--ink); color: var(--paper); z-index: 2; }
    .skip:focus { top: var(--s2); }

    /* -------------------------------------------------------------- page frame */

    .wrap { max-width: calc(var(--page) + 2 * var(--s6)); margin: 0 auto; padding: 0 clamp(1rem, 3vw, 2rem); }

    .top { border-top: 4px solid var(--ink); }
    .top > .wrap { display: flex; flex-wrap: wrap; align-items: center; gap: 0 var(--s5); min-height: 3rem; }
    .top > .wrap a, .top > .wrap span { display: inline-block; padding: .6rem 0; font-size: var(--t-table); }
    .top .home { font-weight: 700; color: var(--ink); text-decoration: none; }
    .top nav ul { display: flex; flex-wrap: wrap; gap: 0 var(--s5); list-style: none; padding: 0; max-width: none; }
    .top nav li + li { margin: 0; }
    .top nav a { color: var(--soft); text-decoration: none; }
    .top nav a:hover { text-decoration: underline; }
    .top [aria-current] { color: var(--ink) !important; box-shadow: inset 0 -2px 0 var(--ink); }
    .top .lang { margin-left: auto; }

    .notice { border: solid var(--rule); border-width: 1px 0; background: var(--wash); }
    .notice p { max-width: none; padding: var(--s2) 0; font-size: var(--t-table); }
    .notice strong { font-weight: 700; }

    .crumb { font-size: var(--t-small); padding: var(--s4) 0 0; }
    .crumb ol { display: flex; flex-wrap: wrap; gap: 0 var(--s2); list-style: none; padding: 0; max-width: none; }
    .crumb li + li { margin: 0; }
    .crumb li + li::before { content: "/"; margin-right: var(--s2); color: var(--soft); }
    .crumb a, .crumb span { display: inline-block; padding: .22rem 0; }

    .mast { padding: var(--s4) 0 var(--s5); }
    .kicker { font-size: var(--t-table); color: var(--soft); margin-bottom: var(--s1); }
    .mast .lead { margin-top: var(--s2); font-size: var(--t-lead); color: var(--soft); }

    /* Facts of a page or a figure: a row of term and value, ruled, never boxed. */
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: var(--s3) var(--s5); max-width: none;
      border-top: 1px solid var(--rule); margin-top: var(--s4); padding-top: var(--s3); }
    .facts.bare { border-top: 0; margin-top: 0; padding-top: 0; }
    .facts dt { font-size: var(--t-small); color: var(--soft); }
    .facts dd { font-weight: 600; font-size: var(--t-table); }
    .facts dd .soft { font-weight: 400; }

    .steps { display: inline-flex; flex-wrap: wrap; list-style: none; padding: 0; gap: 0 var(--s2); }
    .steps li { font-weight: 400; color: var(--soft); }
    .steps li + li { margin: 0; }
    .steps li + li::before { content: "→"; margin-right: var(--s2); color: var(--edge); font-weight: 400; }
    .steps [aria-current] { color: var(--ink); font-weight: 700; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .25em; }

    /* A section: number, title and note in the rail; matter in the wide column. */
    .sec { border-top: 1px solid var(--ink); padding: var(--s4) 0 var(--s7); display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s4); }
    .sec > header > p { font-size: var(--t-small); color: var(--soft); margin-top: var(--s2); line-height: 1.45; }
    .sec .sno { display: block; font-size: var(--t-small); font-weight: 400; color: var(--soft); letter-spacing: 0; margin-bottom: .1rem; }
    .body { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s5); align-content: start; }
    .body > * { min-width: 0; }
    @media (min-width: 64rem) {
      .sec { grid-template-columns: var(--rail) minmax(0, 1fr); column-gap: var(--gutter); }
    }
    .sec.full { grid-template-columns: minmax(0, 1fr); }
    @media (min-width: 64rem) { .sec.full > header { display: grid; grid-template-columns: var(--rail) minmax(0, 1fr); column-gap: var(--gutter); align-items: end; } .sec.full > header > p { max-width: none; margin-bottom: .2rem; } }
    .split { display: grid; gap: var(--s5) var(--gutter); grid-template-columns: minmax(0, 1fr); align-items: start; }
    @media (min-width: 56rem) { .split { grid-template-columns: minmax(0, 8fr) minmax(0, 5fr); } }
    .split > * { min-width: 0; }
    .split > .fig, .two > .fig { border-top: 0; padding-top: 0; }
    .two { display: grid; gap: var(--s6) var(--gutter); grid-template-columns: minmax(0, 1fr); align-items: start; }
    @media (min-width: 48rem) { .two { grid-template-columns: repeat(2, minmax(0, 1fr)); } .two > * { min-width: 0; } }
    .facts.line dd .soft { display: block; }
    .flow > * + * { margin-top: var(--s3); }
    .sub { font-size: var(--t-body); margin-bottom: var(--s2); }

    .three { list-style: none; padding: 0; display: grid; gap: var(--s4) var(--gutter); max-width: none; counter-reset: a;
      grid-template-columns: minmax(0, 1fr); }
    @media (min-width: 44rem) { .three { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
    .three li { margin: 0; border-top: 3px solid var(--ink); padding-top: var(--s3); font-size: var(--t-lead); line-height: 1.42; }
    .three b { display: block; font-size: var(--t-small); font-weight: 600; color: var(--soft); margin-bottom: var(--s1); }

    .warn { border-left: 3px solid var(--worse); padding: var(--s1) 0 var(--s1) var(--s4); max-width: calc(var(--prose) + 8rem); }
    .take { border-left: 3px solid var(--ink); padding: var(--s1) 0 var(--s1) var(--s4); }

    .foot { border-top: 4px solid var(--ink); margin-top: var(--s5); font-size: var(--t-small); }
    .foot .wrap { padding-top: var(--s4); padding-bottom: var(--s7); display: grid; gap: var(--s2); }
    .foot p, .foot ul { max-width: none; }
    .foot ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 var(--s5); }
    .foot li + li { margin: 0; }
    .foot li a { display: inline-block; padding: .28rem 0; }

    /* The one big figure of an indicator page. */
    .latest { display: grid; gap: var(--s4) var(--gutter); align-items: end; grid-template-columns: minmax(0, 1fr); }
    @media (min-width: 56rem) { .latest { grid-template-columns: auto minmax(0, 1fr); } }
    .big { font-size: clamp(2.5rem, 1.8rem + 3vw, 3.75rem); font-weight: 700; line-height: 1; letter-spacing: -.025em; white-space: nowrap; }
    .big small { font-size: 1.25rem; font-weight: 400; letter-spacing: 0; color: var(--soft); }

    /* ------------------------------------------------------------------ status */

    .ico { width: .8em; height: .8em; overflow: visible; vertical-align: -.04em; margin-right: .32em; flex: none; }
    .st { white-space: nowrap; }
    .st.worse, .ico.worse { color: var(--worse); }
    .st.better, .ico.better { color: var(--better); }
    .st.worse, .st.better, .st.no { font-weight: 600; }
    .st.few, .st.usual { color: var(--soft); }
    .none { color: var(--soft); font-style: italic; }
    .mask { font-weight: 700; }
    .fig-no { white-space: nowrap; }
    .ci { display: block; font-size: var(--t-small); color: var(--soft); white-space: nowrap; font-weight: 400; }
    .tag { font-size: var(--t-small); color: var(--soft); white-space: nowrap; }

    /* ------------------------------------------------------------------ tables */

    .scroll { overflow-x: auto; container-type: inline-size; }
    .scroll caption { position: sticky; left: 0; max-width: 100cqi; }
    .scroll:focus-visible { outline-offset: 4px; }
    table { border-collapse: collapse; width: 100%; font-size: var(--t-table); line-height: 1.4; }
    caption { text-align: left; font-weight: 600; padding-bottom: var(--s2); font-size: var(--t-table); }
    caption .soft { font-weight: 400; }
    th, td { padding: .42rem .75rem .42rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--rule); }
    th:last-child, td:last-child { padding-right: 0; }
    @media (max-width: 44rem) { .scroll tbody th { min-width: 8.5rem; } }
    thead th { font-size: var(--t-small); font-weight: 500; color: var(--soft); border-bottom: 1px solid var(--ink); vertical-align: bottom; line-height: 1.3; }
    tbody th { font-weight: 500; }
    tfoot th, tfoot td { border-bottom: 0; border-top: 1px solid var(--ink); font-weight: 600; }
    .num { text-align: right; white-space: nowrap; }
    td.num, th.num { padding-left: .5rem; }
    tbody th a { display: inline; }
    td a, .facts a, .links a { display: inline-block; padding: .09rem 0; min-height: 1.5rem; }
    .hor th, .hor td { white-space: nowrap; }
    tr.break td, tr.break th { border-top: 2px solid var(--ink); }
    tr.prov td, tr.prov th { background: repeating-linear-gradient(135deg, transparent 0 5px, color-mix(in srgb, var(--hatch) 30%, transparent) 5px 6px); }

    /* The matrix: value, interval or size, then status words. */
    .mat td { vertical-align: top; padding: .5rem .9rem .55rem .5rem; border-left: 1px solid var(--rule); }
    .mat th[scope="row"] { vertical-align: top; padding-top: .5rem; }
    .mat thead th { padding-left: .5rem; }
    .mat thead th:first-child { padding-left: 0; }
    .mat tfoot td { border-bottom: 0; }
    .mat .mv { display: block; font-weight: 600; white-space: nowrap; }
    .mat .mv small { font-weight: 400; }
    .mat .mv .none { font-weight: 400; }
    .mat .ms { display: block; font-size: var(--t-small); margin-top: .1rem; }
    .mat .ms .st { display: block; }
    td.prov { background: repeating-linear-gradient(135deg, transparent 0 5px, color-mix(in srgb, var(--hatch) 30%, transparent) 5px 6px); }

    details { border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
    summary { cursor: pointer; padding: .4rem 0; font-size: var(--t-table); color: var(--link); min-height: 1.75rem; }
    details[open] > summary { border-bottom: 1px solid var(--rule); margin-bottom: var(--s3); }

    /* The priority table: a real table on wide screens, stacked rows on narrow ones. */
    .prio-box { container-type: inline-size; }
    .prio td, .prio th, .midcells td, .midcells th { vertical-align: middle; }
    .prio .val { font-size: var(--t-body); font-weight: 700; white-space: nowrap; }
    .prio .val small { font-weight: 400; font-size: var(--t-table); }
    .prio tbody th { font-weight: 600; line-height: 1.3; min-width: 9rem; }
    .prio tbody th a { color: var(--ink); text-decoration-color: var(--edge); }
    .prio tbody tr.group th { font-size: var(--t-small); font-weight: 600; color: var(--soft); padding-top: var(--s4); border-bottom-color: var(--edge); }
    .prio .tgt { font-size: var(--t-table); white-space: nowrap; }
    .prio .mat { font-size: var(--t-small); color: var(--soft); line-height: 1.3; }
    .prio .none { white-space: nowrap; }
    .lbl { display: none; }
    @container (max-width: 46rem) {
      .prio, .prio tbody, .prio tr, .prio td, .prio tbody th { display: block; }
      .prio caption { display: block; }
      .prio thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .prio tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 var(--s4); border-bottom: 1px solid var(--rule); padding: var(--s3) 0; align-items: center; }
      .prio td, .prio tbody th { border: 0; padding: .08rem 0; text-align: left; }
      .prio tbody th { grid-column: 1 / -1; font-size: var(--t-body); }
      .prio tbody tr.group { padding: var(--s4) 0 0; border-bottom-color: var(--edge); }
      .prio tbody tr.group th { font-size: var(--t-small); padding: 0 0 var(--s1); }
      .prio .val { grid-column: 1; grid-row: 2; font-size: var(--t-lead); }
      .prio .spk { grid-column: 2; grid-row: 2 / span 2; }
      .prio .tgt { grid-column: 1; grid-row: 3; }
      .prio .c-var { grid-column: 1; grid-row: 4; }
      .prio .c-ass { grid-column: 2; grid-row: 4; justify-self: end; }
      .prio .mat { grid-column: 1 / -1; grid-row: 5; }
      .lbl { display: inline; color: var(--soft); }
    }

    /* ------------------------------------------------------------------ charts */

    .fig { container-type: inline-size; border-top: 1px solid var(--rule); padding-top: var(--s3); }
    .body > .fig:first-child { border-top: 0; padding-top: 0; }
    .fig figcaption { display: block; }
    .fig h3 { max-width: 46rem; display: flex; align-items: baseline; }
    .fig h3 .ico { font-size: 1rem; align-self: baseline; }
    .fig .stat { color: var(--soft); font-size: var(--t-table); max-width: 46rem; margin-top: .15rem; }
    .fig .sum { margin-top: var(--s2); font-size: var(--t-table); max-width: 46rem; }
    .key { display: flex; flex-wrap: wrap; gap: .1rem var(--s4); list-style: none; padding: 0; margin: var(--s3) 0 0; font-size: var(--t-small); color: var(--soft); max-width: none; }
    .key li { margin: 0; display: inline-flex; align-items: center; gap: .4rem; }
    .key svg { flex: none; overflow: visible; }
    .src { font-size: var(--t-small); color: var(--soft); margin-top: var(--s2); max-width: none; }
    .links { font-size: var(--t-small); list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 var(--s4); max-width: none; }
    .links li + li { margin: 0; }
    .fig > .scroll, .fig > details { margin-top: var(--s3); }

    /* The plot: x in per cent, y in px. The svg IS the plotting area; its labels stand in the padding around it.
       Text therefore never scales: one drawing serves 320 px to 2560 px and paper. */
    .plot { font-size: var(--t-chart); padding: 2.05em 0 .64em; } /* em: the room for labels follows their size */
    .plot.roomy { padding-top: 3em; }
    .plot.tight { padding-top: .96em; }
    .plot > svg { display: block; width: 100%; overflow: visible; }
    .plot.y { padding-left: 3.7em; }
    .plot.y.long { padding-left: 5.2em; }
    .plot.r { padding-right: 13.4em; }
    .plot.r-s { padding-right: 9.6em; }
    .plot.lr { padding-left: 13.4em; padding-right: 13.4em; }
    .plot.heat { padding-right: 0; padding-left: 9.6em; }
    .narrow, .nl { display: none; }
    @container (max-width: 30rem) { .wl { display: none; } .nl { display: inline; } }
    @container (max-width: 38rem) {
      .plot.r, .plot.r-s { padding-right: .5em; }
      .plot.lr { padding-left: 5em; padding-right: 5em; }
      .plot.heat { padding-right: 0; }
      .wide { display: none; }
      .narrow { display: inline; }
      .key.only-narrow { display: flex; }
    }
    .key.only-narrow { display: none; }
    @container (max-width: 38rem) { .key.only-narrow { display: flex; } }

    /* Twin figures share their rows, so that plots and axes stand level. A size container cannot be a subgrid;
       from 48rem up a twin is always under the narrow threshold, so its narrow state is simply set. */
    @media screen and (min-width: 48rem) {
      .two.align > .fig { container-type: normal; display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: subgrid; grid-row: span 6; row-gap: 0; align-content: start; }
      .two.align .wide, .two.align .wl { display: none; }
      .two.align .narrow, .two.align .nl { display: inline; }
      .two.align .key.only-narrow { display: flex; }
      .two.align .plot.r, .two.align .plot.r-s { padding-right: .5em; }
    }

    svg text { font: 400 var(--t-chart)/1 var(--sans); font-variant-numeric: tabular-nums lining-nums; fill: var(--ink); }
    svg .t-soft { fill: var(--soft); }
    svg .t-b { font-weight: 600; }
    svg .t-s { font-size: .75rem; }
    svg .t-worse { fill: var(--worse); font-weight: 600; }
    svg .t-better { fill: var(--better); font-weight: 600; }
    svg .t-target { fill: var(--target); }
    svg .mid { text-anchor: middle; }
    svg .end { text-anchor: end; }
    svg .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
    svg .grid { stroke: var(--grid); stroke-width: 1; shape-rendering: crispEdges; }
    svg .axis { stroke: var(--edge); stroke-width: 1; shape-rendering: crispEdges; }
    svg .tick { stroke: var(--edge); stroke-width: 1; shape-rendering: crispEdges; }
    svg .band { fill: var(--band); }
    svg .lim { stroke: var(--edge); stroke-width: 1; }
    svg .lim2 { stroke: var(--edge); stroke-width: 1; stroke-dasharray: 2 3; }
    svg .mean { stroke: var(--soft); stroke-width: 1.5; }
    svg .line { stroke: var(--ink); stroke-width: 2; stroke-linecap: round; fill: none; }
    svg .line-soft { stroke: var(--edge); stroke-width: 1.5; stroke-linecap: round; fill: none; }
    svg .line-1 { stroke: var(--c1); } svg .line-2 { stroke: var(--c2); } svg .line-3 { stroke: var(--c2); stroke-dasharray: 7 4; } svg .line-4 { stroke: var(--c4-line); stroke-dasharray: 2 3; }
    svg .dash { stroke-dasharray: 3 4; }
    svg .tgt { stroke: var(--target); stroke-width: 2; stroke-dasharray: 9 4; fill: none; }
    svg .tgt0 { stroke: var(--target); stroke-width: 1.5; stroke-dasharray: 1.5 4; stroke-linecap: round; fill: none; }
    svg .brk { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 1 3; }
    svg .conn { stroke: var(--edge); stroke-width: 1; }
    svg .lead { stroke: var(--edge); stroke-width: 1; }
    svg .pt { fill: var(--ink); stroke: var(--paper); stroke-width: 1.5; }
    svg .pt-open { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
    svg .pt-worse { fill: var(--worse); stroke: var(--paper); stroke-width: 1.5; }
    svg .pt-better { fill: var(--better); stroke: var(--paper); stroke-width: 1.5; }
    svg .pt-worse.open { fill: var(--paper); stroke: var(--worse); stroke-width: 2; }
    svg .pt-better.open { fill: var(--paper); stroke: var(--better); stroke-width: 2; }
    svg .ci-l { stroke: var(--ink); stroke-width: 2; }
    svg .ref { stroke: var(--edge); stroke-width: 1.25; stroke-dasharray: 4 3; }
    svg .c1 { fill: var(--c1); } svg .c2 { fill: var(--c2); }
    svg .c3 { fill: var(--c3); stroke: var(--c3-line); } svg .c4 { fill: var(--c4); stroke: var(--c4-line); }
    svg .c0 { fill: var(--c0); stroke: var(--c0-line); } svg .ch { fill: url(#hatch); stroke: var(--c0-line); }
    svg .cd { fill: url(#dots); stroke: var(--c4-line); }
    svg .o1 { fill: var(--on-c1); } svg .o2 { fill: var(--on-c2); } svg .o3 { fill: var(--on-c3); } svg .o4 { fill: var(--on-c4); } svg .o0, svg .oh { fill: var(--on-c0); }
    svg .oh { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
    svg .od { fill: var(--on-c4); paint-order: stroke; stroke: var(--c4); stroke-width: 4px; stroke-linejoin: round; }
    svg .q1 { fill: var(--q1); stroke: var(--q3); } svg .q2 { fill: var(--q2); } svg .q3 { fill: var(--q3); } svg .q4 { fill: var(--q4); } svg .q5 { fill: var(--q5); }
    svg .oq1 { fill: var(--on-q1); } svg .oq2 { fill: var(--on-q2); } svg .oq3 { fill: var(--on-q3); } svg .oq4 { fill: var(--on-q4); } svg .oq5 { fill: var(--on-q5); }
    svg .cell-h { fill: url(#hatch); }
    svg .up { fill: var(--better); } svg .down { fill: var(--worse); } svg .tot { fill: var(--ink); }
    svg .hollow { fill: none; stroke: var(--edge); stroke-width: 1.25; }
    svg .rib { fill: var(--band); }
    svg .hatchfill { fill: url(#hatch); }
    .hl { stroke: var(--hatch); stroke-width: 1.25; fill: none; }
    .dt { fill: var(--c4-line); } .db { fill: var(--c4); }
    .defs { position: absolute; width: 0; height: 0; }
    .spark { display: block; width: 8.25rem; height: 2.125rem; overflow: visible; }

    .formgrid { display: grid; gap: var(--s4) var(--gutter); grid-template-columns: minmax(0, 1fr); }
    @media (min-width: 48rem) { .formgrid { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
    .write { border: 1px solid var(--edge); min-height: 5rem; padding: var(--s2) var(--s3); font-size: var(--t-small); color: var(--soft); }
    .blank { border-bottom: 1px solid var(--ink); display: inline-block; min-width: 8rem; }
    .sign td { height: 2.6rem; }

    /* ---------------------------------------------------------- forced colours */

    @media (forced-colors: active) {
      :root { --paper: Canvas; --wash: Canvas; --ink: CanvasText; --soft: CanvasText; --rule: GrayText; --edge: CanvasText; --link: LinkText; --focus: Highlight;
        --better: CanvasText; --worse: CanvasText; --target: CanvasText; --band: Canvas; --hatch: GrayText; --grid: GrayText;
        --c1: CanvasText; --on-c1: Canvas; --c2: GrayText; --on-c2: Canvas; --c3: Canvas; --on-c3: CanvasText; --c3-line: CanvasText;
        --c4: Canvas; --on-c4: CanvasText; --c4-line: CanvasText; --c0: Canvas; --on-c0: CanvasText; --c0-line: CanvasText;
        --q1: Canvas; --q2: Canvas; --q3: Canvas; --q4: Canvas; --q5: Canvas;
        --on-q1: CanvasText; --on-q2: CanvasText; --on-q3: CanvasText; --on-q4: CanvasText; --on-q5: CanvasText; }
      svg { forced-color-adjust: none; }
      svg:not(.spark) .band { stroke: GrayText; }
      svg.spark .band { fill: GrayText; fill-opacity: .3; }
      svg .q1, svg .q2, svg .q3, svg .q4, svg .q5 { stroke: CanvasText; }
      .top [aria-current] { border-bottom: 2px solid Highlight; }
    }

    @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }

    /* ------------------------------------------------------------------- print */

    @page {
      size: A4 portrait;
      margin: 15mm;
      @top-left { margin-bottom: 0; content: var(--run-left, "JVS"); font: 7.5pt system-ui, sans-serif; color: #4d5966; vertical-align: bottom; padding-bottom: 2.5mm; }
      @top-right { content: var(--run-right, ""); font: 7.5pt system-ui, sans-serif; color: #4d5966; vertical-align: bottom; padding-bottom: 2.5mm; }
      @bottom-left { content: var(--run-foot, ""); font: 7.5pt system-ui, sans-serif; color: #4d5966; vertical-align: top; padding-top: 2.5mm; }
      @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt system-ui, sans-serif; color: #4d5966; vertical-align: top; padding-top: 2.5mm; }
    }

    @media print {
      :root { color-scheme: light; --paper: #ffffff; --wash: #ffffff; --ink: #101820; --soft: #3f4a55; --c0: #ffffff;
        --t-small: 6.7pt; --t-table: 7pt; --t-body: 7.6pt; --t-lead: 8.3pt; --t-h2: 9.6pt; --t-h1: 14pt;
        --s1: 1.5px; --s2: 3px; --s3: 4px; --s4: 5px; --s5: 7px; --s6: 9px; --s7: 7px; --gutter: 14px; --prose: 100%; }
      html { font-size: 8pt; }
      body { line-height: 1.3; font-size: var(--t-body); -webkit-print-color-adjust: exact; print-color-adjust: exact; }
      table { line-height: 1.26; }
      .top > .wrap, .crumb, .skip, .links, .noprint, .foot ul { display: none; }
      .top { border-top: 0; }
      .notice { border-top: 0; }
      .notice p { padding: 0 0 2px; }
      .wrap { padding: 0; max-width: none; }
      .mast { padding: 3px 0 5px; }
      h1 { font-size: var(--t-h1); }
      .big { font-size: 22pt; }
      .big small { font-size: 10pt; }
      .latest { grid-template-columns: auto minmax(0, 1fr); }
      .facts { grid-template-columns: repeat(auto-fit, minmax(22mm, auto)); }
      .latest .facts { grid-template-columns: repeat(6, auto); gap: 0 8px; }
      .sec, .sec.full > header { grid-template-columns: minmax(0, 1fr); }
      .sec > header, .sec.full > header { break-after: avoid; display: flex; gap: 0 1.2em; align-items: baseline; flex-wrap: wrap; }
      .sec > header > p { margin: 0; }
      .sec .sno { display: inline; margin-right: .4em; }
      .three { grid-template-columns: repeat(3, minmax(0, 1fr)); }
      .two, .formgrid { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      .split { grid-template-columns: minmax(0, 1fr); gap: 4px; }
      .split.keep { grid-template-columns: minmax(0, 8fr) minmax(0, 5fr); }
      .split:not(.keep) > .flow ul { columns: 2; column-gap: var(--gutter); }
      .fig, .scroll, .write, tr, .take, .warn, .facts, .three li, li { break-inside: avoid; }
      .fig h3, h3, h4, caption { break-after: avoid; }
      .fig h3, .fig .stat, .fig .sum { max-width: none; }
      .fig.side { display: grid; grid-template-columns: minmax(0, 10fr) minmax(0, 9fr); column-gap: var(--gutter); grid-template-rows: repeat(3, auto) 1fr; }
      .fig.side > figcaption { grid-column: 1 / -1; }
      .fig.side > .key, .fig.side > .plot, .fig.side > .src { grid-column: 1; }
      .fig.side > details { grid-column: 2; grid-row: 2 / span 3; align-self: start; }
      thead { display: table-header-group; }
      tfoot { display: table-row-group; }
      th, td { padding: .1rem .4rem .1rem 0; }
      .mat td { padding: .15rem .3rem; }
      .mat thead th, .mat th[scope="row"] { padding-top: .15rem; }
      .prio tbody tr.group th { padding-top: .28rem; }
      .prio tbody th { min-width: 0; }
      .prio .val .ci { font-size: 6.3pt; }
      caption { padding-bottom: 1px; }
      td a, th a, .facts a { min-height: 0; padding: 0; }
      a { color: inherit; text-decoration: none; }
      .scroll { overflow: visible; container-type: normal; }
      .scroll tbody th { min-width: 0; }
      .scroll caption { position: static; max-width: none; }
      details, details[open] > summary { border: 0; margin: 0; }
      details::details-content { content-visibility: visible; display: block; height: auto; }
      details > summary { display: none; }
      .key { margin-top: 3px; font-size: 6.4pt; }
      /* The drawing is reduced as a whole; its text is set a little larger to stay at 6.7 pt. */
      .plot { zoom: .68; font-size: 13.2px; padding-bottom: 0; }
      .plot:not(.tight) { padding-top: 1.6em; }
      svg text { font-size: 13.2px; }
      svg .t-s { font-size: 12.6px; }
      .hor { font-size: 6.2pt; }
      .hor th.num, .hor td.num { padding: 1px 0 1px 1px; font-size: 6pt; }
      .spark { width: 24mm; height: 6.2mm; }
      .write { min-height: 9mm; }
      .sign td { height: 5.5mm; }
      .foot { border-top-width: 1px; margin-top: 4px; }
      .foot .wrap { padding: 3px 0 0; gap: 0; }
    }
    """#
}
