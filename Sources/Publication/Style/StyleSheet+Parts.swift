extension StyleSheet {
  /// Rules of the frame of a page, its parts and its tables.
  static let parts = #"""
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
    /* On a phone the language stands beside the name, and the rooms have a line of their own. */
    @media (max-width: 40rem) {
      .top .lang { order: 1; }
      .top nav { order: 2; width: 100%; }
      .top nav ul { justify-content: space-between; gap: 0; }
      .top > .wrap nav a { font-size: var(--t-small); }
    }

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
    .two > .fig { border-top: 0; padding-top: 0; }
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
    .ci { display: block; font-size: var(--t-small); color: var(--soft); white-space: nowrap; font-weight: 400; }
    .ci.words { white-space: normal; }
    td .ci.words { max-width: 12em; margin-left: auto; }

    /* ------------------------------------------------------------------ tables */

    .scroll { overflow-x: auto; container: scroll / inline-size; }
    .scroll caption { position: sticky; left: 0; max-width: 100cqi; }
    .scroll:focus-visible { outline-offset: 4px; }
    table { border-collapse: collapse; width: 100%; font-size: var(--t-table); line-height: 1.4; }
    caption { text-align: left; font-weight: 600; padding-bottom: var(--s2); font-size: var(--t-table); }
    caption .soft { font-weight: 400; }
    th, td { padding: .42rem .75rem .42rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--rule); }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { font-size: var(--t-small); font-weight: 500; color: var(--soft); border-bottom: 1px solid var(--ink); vertical-align: bottom; line-height: 1.3; }
    tbody th { font-weight: 500; }
    tfoot th, tfoot td { border-bottom: 0; border-top: 1px solid var(--ink); font-weight: 600; }
    .num, .nums td, .nums thead :not(:first-child) { text-align: right; white-space: nowrap; }
    td.num, th.num, .nums td, .nums thead :not(:first-child) { padding-left: .5rem; }
    @container scroll (max-width: 40rem) {
      th, td { padding-right: .5rem; }
      .num, .nums td, .nums thead :not(:first-child) { white-space: normal; padding-left: .25rem; }
    }
    tbody th a { display: inline; }
    td a, .facts a, .links a { display: inline-block; padding: .09rem 0; min-height: 1.5rem; }
    tr.prov td, tr.prov th { background: repeating-linear-gradient(135deg, transparent 0 5px, color-mix(in srgb, var(--hatch) 30%, transparent) 5px 6px); }
    /* A table that folds: each row a block, each cell under the name of its column. The name is drawn only: the header,
       which stays, says it to whoever hears the table. */
    @container scroll (max-width: 40rem) {
      .fold, .fold tbody, .fold caption { display: block; }
      .fold thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .fold tbody { border-top: 1px solid var(--ink); }
      .fold tbody tr { display: grid; grid: auto-flow dense / repeat(auto-fill, minmax(9rem, 1fr)); gap: var(--s2) var(--s4);
        padding: var(--s3) 0; border-bottom: 1px solid var(--rule); }
      .fold tbody th, .fold tbody td { display: block; border: 0; padding: 0; min-width: 0; text-align: left; white-space: normal; }
      .fold tbody th { grid-column: 1 / -1; font-size: var(--t-body); font-weight: 600; line-height: 1.3; }
      .fold td::before { display: block; font-size: var(--t-small); font-weight: 400; font-style: normal; color: var(--soft);
        content: var(--h); }
      .fold td .ci, .fold td .st, .mat.fold .mv { white-space: normal; }
      .fold td .ci.words { max-width: none; margin: 0; }
      .fold .all { grid-column: 1 / -1; }
      .fold .all .ci:not(.words) { display: inline; margin-left: .4em; }
      .mat.fold tbody tr { gap: var(--s1); }
      .mat.fold tbody td { padding: .3rem .4rem; }
      .mat.fold tbody th { padding-bottom: var(--s1); }
      .fold.brief tbody tr { grid-template-columns: repeat(auto-fill, minmax(6.4rem, 1fr)); }
      .fold.prose tbody th { font-size: var(--t-table); font-weight: 400; }
      .fold.line tbody tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 var(--s4); padding: var(--s2) 0; }
      .fold.line tbody th { flex: 1 1 28%; font-size: var(--t-table); }
      .fold.line tbody th + td { flex: 1 1 60%; text-align: right; font-weight: 600; }
      .fold.line th + td::before { content: none; }
      .fold.line td + td, .fold.line td + td::before { display: inline; font-size: var(--t-small); }
      .fold.line td + td::before { content: var(--h) " "; }
      @supports (content: "" / "") {
        .fold td::before { content: var(--h) / ""; }
        .fold.line td + td::before { content: var(--h) " " / ""; }
      }
      .fold td:nth-child(2) { --h: var(--h2); }
      .fold td:nth-child(3) { --h: var(--h3); }
      .fold td:nth-child(4) { --h: var(--h4); }
      .fold td:nth-child(5) { --h: var(--h5); }
      .fold td:nth-child(6) { --h: var(--h6); }
      .fold td:nth-child(7) { --h: var(--h7); }
      .fold td:nth-child(8) { --h: var(--h8); }
    }

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
    .prio td, .prio th { vertical-align: middle; }
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

    """#
}
