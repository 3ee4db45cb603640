extension StyleSheet {
  /// Rules of forced colours and paper.
  static let media = #"""
    /* ---------------------------------------------------------- forced colours */

    @media (forced-colors: active) {
      :root { --paper: Canvas; --wash: Canvas; --ink: CanvasText; --soft: CanvasText; --rule: GrayText; --edge: CanvasText; --link: LinkText; --focus: Highlight;
        --better: CanvasText; --worse: CanvasText; --target: CanvasText; --band: Canvas; --hatch: GrayText; --grid: GrayText;
        --c1: CanvasText; --on-c1: Canvas; --c2: GrayText; --on-c2: Canvas; --c3: Canvas; --on-c3: CanvasText; --c3-line: CanvasText;
        --c4: Canvas; --on-c4: CanvasText; --c4-line: CanvasText; --c0: Canvas; --on-c0: CanvasText; --c0-line: CanvasText; }
      svg { forced-color-adjust: none; }
      svg:not(.spark) .band { stroke: GrayText; }
      svg.spark .band { fill: GrayText; fill-opacity: .3; }
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
      .sec > header, .sec.full > header { break-inside: avoid; break-after: avoid; display: flex; gap: 0 1.2em; align-items: baseline; flex-wrap: wrap; }
      .sec > header > p { margin: 0; }
      .sec .sno { display: inline; margin-right: .4em; }
      .three li { font-size: var(--t-body); }
      .three { grid-template-columns: repeat(3, minmax(0, 1fr)); }
      .two, .formgrid { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      /* A grid keeps the height its rows had on one page, and what follows would be printed over the next. */
      .sec, .body { display: block; }
      .body > * + * { margin-top: var(--s4); }
      .sec { padding: 3px 0 5px; }
      .sec > header { margin-bottom: var(--s2); }
      .fig.side, .plot, .key, figcaption, .fig.side .scroll, .write, tr, .take, .warn, .facts, .three li, li { break-inside: avoid; }
      figcaption, .key, .fig h3, h3, h4, caption { break-after: avoid; }
      .fig h3, .fig .stat, .fig .sum { max-width: none; }
      .fig.side { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); column-gap: var(--gutter); grid-template-rows: repeat(3, auto) 1fr; }
      .fig.side > figcaption { grid-column: 1 / -1; }
      .fig.side > .key, .fig.side > .plot, .fig.side > .src { grid-column: 1; }
      .fig.side > details { grid-column: 2; grid-row: 2 / span 3; align-self: start; }
      .fig.side > details table { font-size: 6.2pt; line-height: 1.2; }
      .fig.side .scroll tbody th { white-space: nowrap; }
      /* Long lists of short rows: the profile is a table in two columns, its intervals in figures. */
      #f-profile { display: block; }
      #f-profile .plot, #f-profile .src { display: none; }
      #f-profile .scroll { columns: 2; column-gap: 5mm; }
      #f-profile .scroll tbody th { white-space: normal; }
      #f-profile caption { column-span: all; }
      /* The annex stays on the site and in the files: a meeting does not read it. */
      .annex { display: none; }
      thead { display: table-header-group; }
      tfoot { display: table-row-group; }
      th, td { padding: .05rem .4rem .05rem 0; }
      thead th, thead th.num, .nums thead :not(:first-child) { white-space: normal; }
      .scroll td .ci { display: inline; white-space: normal; margin-left: .4em; }
      .mat td { padding: .15rem .3rem; }
      .mat thead th, .mat th[scope="row"] { padding-top: .15rem; }
      .prio tbody tr.group th { padding-top: .28rem; }
      .prio tbody th { min-width: 0; width: 21%; }
      .prio th, .prio td { padding: 0 .25rem 0 0; }
      .prio .val .ci, .prio .tgt .ci { font-size: 6.3pt; }
      .prio .tgt .ci { white-space: normal; }
      .prio .tgt { padding-left: 2mm; width: 15%; }
      .prio .mat { width: 13%; }
      .onpaper { display: block; }
      .prio-box { container-type: normal; }
      caption { padding-bottom: 1px; }
      td a, th a, .facts a { min-height: 0; padding: 0; }
      a { color: inherit; text-decoration: none; }
      .scroll { overflow: visible; container-type: normal; }
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
      .spark { width: 24mm; height: 6.2mm; }
      .write { min-height: 9mm; }
      .sign td { height: 5.5mm; }
      .foot { border-top-width: 1px; margin-top: 4px; }
      .foot .wrap { padding: 3px 0 0; gap: 0; }
    }

    """#
}
