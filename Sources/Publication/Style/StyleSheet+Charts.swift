extension StyleSheet {
  /// Rules of charts.
  static let charts = #"""
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
    .plot.tight { padding-top: .96em; }
    .plot > svg { display: block; width: 100%; overflow: visible; }
    .plot.y { padding-left: 3.7em; }
    .plot.y.long { padding-left: 5.2em; }
    .plot.r { padding-right: 13.4em; }
    .plot.r-s { padding-right: 9.6em; }
    .narrow, .nl { display: none; }
    @container (max-width: 30rem) { .wl { display: none; } .nl { display: inline; } }
    @container (max-width: 38rem) {
      .plot.r, .plot.r-s { padding-right: .5em; }
      .wide { display: none; }
      .narrow { display: inline; }
    }


    svg text { font: 400 var(--t-chart)/1 var(--sans); font-variant-numeric: tabular-nums lining-nums; fill: var(--ink); }
    svg .t-soft, svg .t-s { fill: var(--soft); }
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
    svg .mean { stroke: var(--soft); stroke-width: 1.5; }
    svg .line { stroke: var(--ink); stroke-width: 2; stroke-linecap: round; fill: none; }
    svg .run { overflow: visible; }
    svg .run path { vector-effect: non-scaling-stroke; }
    svg .dash { stroke-dasharray: 3 4; }
    svg .tgt { stroke: var(--target); stroke-width: 2; stroke-dasharray: 9 4; fill: none; }
    svg .tgt0 { stroke: var(--target); stroke-width: 1.5; stroke-dasharray: 1.5 4; stroke-linecap: round; fill: none; }
    svg .lead { stroke: var(--edge); stroke-width: 1; }
    svg .pt { fill: var(--ink); stroke: var(--paper); stroke-width: 1.5; }
    svg .pt-open { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
    svg .pt-worse { fill: var(--worse); stroke: var(--paper); stroke-width: 1.5; }
    svg .pt-better { fill: var(--better); stroke: var(--paper); stroke-width: 1.5; }
    svg .pt-worse.open { fill: var(--paper); stroke: var(--worse); stroke-width: 2; }
    svg .pt-better.open { fill: var(--paper); stroke: var(--better); stroke-width: 2; }
    svg .ci-l { stroke: var(--ink); stroke-width: 2; }
    svg .c1 { fill: var(--c1); } svg .c2 { fill: var(--c2); }
    svg .c3 { fill: var(--c3); stroke: var(--c3-line); } svg .c4 { fill: var(--c4); stroke: var(--c4-line); }
    svg .c0 { fill: var(--c0); stroke: var(--c0-line); } svg .ch { fill: url(#hatch); stroke: var(--c0-line); }
    svg .cd { fill: url(#dots); stroke: var(--c4-line); }
    svg .o1 { fill: var(--on-c1); } svg .o2 { fill: var(--on-c2); } svg .o3 { fill: var(--on-c3); } svg .o4 { fill: var(--on-c4); } svg .o0, svg .oh { fill: var(--on-c0); }
    svg .oh { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
    svg .od { fill: var(--on-c4); paint-order: stroke; stroke: var(--c4); stroke-width: 4px; stroke-linejoin: round; }
    svg .hollow { fill: none; stroke: var(--edge); stroke-width: 1.25; }
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

    """#
}
