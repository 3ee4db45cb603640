extension StyleSheet {
  /// Rules of tokens and elements.
  static let base = #"""
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
      --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2rem; --s7: 3rem;

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
    .onpaper { display: none; }
    code, .code { font-family: var(--mono); font-size: .92em; }
    .overdue { color: var(--worse); }
    .foot code { overflow-wrap: anywhere; }
    abbr { text-decoration-thickness: .06em; text-underline-offset: .16em; }
    hr { border: 0; border-top: 1px solid var(--rule); margin: var(--s5) 0; }

    .skip { position: absolute; left: var(--s4); top: -6rem; padding: var(--s3) var(--s4); background: var(--ink); color: var(--paper); z-index: 2; }
    .skip:focus { top: var(--s2); }

    """#
}
