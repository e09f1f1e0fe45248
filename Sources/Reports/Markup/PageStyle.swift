/// The look of every report, in light and dark, on a desk, a phone and paper.
enum PageStyle {
  /// The style sheet.
  ///
  /// Colours carry one meaning each: blue repaid, orange defaulted, red and green a verdict.
  static let sheet: StaticString = """
    :root{--bg:#f6f5f1;--card:#fff;--ink:#1d2025;--soft:#5b616b;--line:#dfdcd4;--grid:#ebe8e1;--repaid:#2f6db0;\
    --bad:#c4491d;--accent:#1d4f7c;--alarm:#a61b1b;--alarm-bg:#fdecea;--good:#1f6b43;--good-bg:#e8f4ec;\
    --note:#7a5200;--note-bg:#fcf3dc;--chip:#eeece6}
    @media(prefers-color-scheme:dark){:root{--bg:#121418;--card:#1b1e24;--ink:#eceae5;--soft:#a6adb8;--line:#323843;\
    --grid:#2a2f38;--repaid:#79abe8;--bad:#f28d5f;--accent:#9cc3ee;--alarm:#ff9c94;--alarm-bg:#3a1d1c;--good:#7fd3a2;\
    --good-bg:#17301f;--note:#f0c768;--note-bg:#33290f;--chip:#2a2f38}}
    *{box-sizing:border-box}
    html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
    body{margin:0 auto;max-width:72rem;padding:1.5rem 1.25rem 4rem;background:var(--bg);color:var(--ink);\
    font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
    h1{font-size:clamp(1.6rem,4vw,2.3rem);line-height:1.15;margin:.2rem 0 .4rem;letter-spacing:-.015em;\
    overflow-wrap:anywhere}
    h2{font-size:1.3rem;margin:2.6rem 0 .5rem;letter-spacing:-.01em}
    h3{font-size:1.02rem;margin:0 0 .25rem;overflow-wrap:anywhere}
    p{margin:.35rem 0;max-width:48rem}
    a{color:var(--accent)}
    .kicker{color:var(--soft);font-size:.82rem;letter-spacing:.08em;text-transform:uppercase;margin:0}
    .soft{color:var(--soft)}.small{font-size:.86rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.4rem .5rem;list-style:none;margin:1rem 0 0;padding:0}
    nav a{display:inline-block;padding:.3rem .7rem;border:1px solid var(--line);border-radius:2rem;\
    text-decoration:none;background:var(--card);font-size:.9rem}
    nav a:hover{border-color:var(--accent)}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
    .card{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:1rem 1.1rem;margin:.8rem 0}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.7rem;margin:1.2rem 0 0}
    .tile{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.7rem .9rem}
    .tile dt{color:var(--soft);font-size:.8rem}
    .tile dd{margin:0;font-size:1.35rem;font-weight:650;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
    .tile dd small{display:block;font-size:.78rem;font-weight:400;color:var(--soft);letter-spacing:0}
    .alarm,.good,.note{border-left:.35rem solid var(--alarm);background:var(--alarm-bg)}
    .good{border-left-color:var(--good);background:var(--good-bg)}
    .note{border-left-color:var(--note);background:var(--note-bg)}
    .alarm h3{color:var(--alarm)}.good h3{color:var(--good)}.note h3{color:var(--note)}
    .alarm p,.good p,.note p,.note ul{margin:.2rem 0}
    .chip{display:inline-block;font-size:.74rem;line-height:1.5;padding:0 .5rem;border-radius:1rem;\
    background:var(--chip);color:var(--soft);white-space:nowrap;vertical-align:middle}
    .chip.alarm,.chip.note{border-left:0;background:var(--alarm-bg);color:var(--alarm)}
    .chip.note{background:var(--note-bg);color:var(--note)}
    .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.6rem,1fr));gap:.5rem .9rem;margin:.7rem 0}
    .facts dt{color:var(--soft);font-size:.76rem}
    .facts dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1rem 1.4rem}
    figure{margin:.4rem 0}
    figcaption{font-size:.86rem;color:var(--soft);margin-bottom:.2rem}
    figcaption b{color:var(--ink);font-weight:600}
    svg{display:block;width:100%;height:auto;overflow:visible}
    svg text{font:11px system-ui,sans-serif;fill:var(--soft);font-variant-numeric:tabular-nums}
    svg .end{text-anchor:end}svg .mid{text-anchor:middle}svg .ink{fill:var(--ink)}
    svg .grid{stroke:var(--grid);stroke-width:1}svg .axis{stroke:var(--line);stroke-width:1}
    svg .base{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 3;fill:none}
    svg .good-fill{fill:var(--repaid);fill-opacity:.35}svg .good-line{fill:none;stroke:var(--repaid);stroke-width:1.5}
    svg .bad-fill{fill:var(--bad);fill-opacity:.28}svg .bad-line{fill:none;stroke:var(--bad);stroke-width:2;\
    stroke-linejoin:round}
    svg .all-fill{fill:var(--soft);fill-opacity:.4}svg .all-line{fill:none;stroke:var(--soft);stroke-width:1.5}
    svg .band{fill:var(--bad);fill-opacity:.16}svg .dot{fill:var(--bad)}
    svg .whisker{stroke:var(--bad);stroke-width:1.5;fill:none}
    svg .now-line{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round}svg .now-fill{fill:var(--accent)}
    svg .noise{fill:var(--soft);fill-opacity:.16}
    svg .weight{fill:var(--soft);fill-opacity:.18}
    svg .speck{fill:none;stroke-width:3;stroke-linecap:round;stroke-opacity:.75}
    svg .level0{stroke:#2166ac}svg .level1{stroke:#67a9cf}svg .level2{stroke:#9a8fa8}svg .level3{stroke:#ef8a62}\
    svg .level4{stroke:#b2182b}svg .unknown{stroke:#8b9099}
    .level-key{display:inline-block;width:5em;height:.7em;border-radius:3px;vertical-align:-.02em;\
    background:linear-gradient(90deg,#2166ac,#67a9cf,#9a8fa8,#ef8a62,#b2182b)}
    svg .plus{fill:var(--bad)}svg .minus{fill:var(--repaid)}svg .cell{stroke:var(--card);stroke-width:.6}
    .keys{white-space:nowrap}.key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .3em 0 .5em;vertical-align:-.05em}
    .key.good-key{background:var(--repaid)}.key.bad-key{background:var(--bad)}
    .key.before-key{background:var(--soft);opacity:.55}.key.now-key{background:var(--accent)}
    .scroll{overflow-x:auto;border-radius:.4rem}
    table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
    th,td{text-align:left;padding:.32rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
    th{color:var(--soft);font-weight:600;font-size:.8rem}
    td.figure,th.figure{text-align:right;white-space:nowrap}
    td.name{overflow-wrap:anywhere;min-width:8rem}
    tbody tr:last-child td{border-bottom:0}
    table.drift td{text-align:right;white-space:nowrap}table.drift td:nth-child(-n+2){text-align:left}
    table.drift td.name{min-width:13rem;white-space:normal}
    details.field.drift>summary{grid-template-columns:minmax(0,1fr) auto}
    table.sortable td{vertical-align:middle}table.sortable svg{width:6rem;height:1.6rem}
    th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit}
    th[aria-sort] button{color:var(--ink)}
    th[aria-sort=descending] button::after{content:" ↓"}th[aria-sort=ascending] button::after{content:" ↑"}
    input[type=search]{font:inherit;padding:.35rem .7rem;margin:.3rem 0 .6rem;border:1px solid var(--line);\
    border-radius:2rem;background:var(--card);color:var(--ink);width:min(100%,18rem)}
    details.field{background:var(--card);border:1px solid var(--line);border-radius:.6rem;margin:.35rem 0}
    details.field>summary{cursor:pointer;display:grid;align-items:center;gap:.2rem .9rem;padding:.5rem .9rem;\
    grid-template-columns:minmax(0,1fr) 8.5rem 7.5rem 6.5rem;list-style:none}
    details.field>summary::-webkit-details-marker{display:none}
    details.field>summary:hover{background:var(--chip);border-radius:.6rem}
    details.field[open]>summary{border-bottom:1px solid var(--line);border-radius:.6rem .6rem 0 0}
    details.field>div{padding:.6rem .9rem 1rem}
    summary .title{min-width:0;overflow-wrap:anywhere}
    summary .title b{font-weight:600}
    summary .measure{font-size:.82rem;font-variant-numeric:tabular-nums;color:var(--soft)}
    summary svg{max-width:6.5rem}
    .meter{display:block;height:.4rem;border-radius:.2rem;background:var(--grid);overflow:hidden}
    .meter i{display:block;height:100%;background:var(--accent)}
    .meter.missing i{background:var(--soft)}
    details.more{margin-top:.5rem}
    details.more>summary{cursor:pointer;color:var(--accent);font-size:.88rem}
    footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem;color:var(--soft);font-size:.86rem}
    @media(max-width:40rem){body{padding:1rem .8rem 3rem}
    details.field>summary{grid-template-columns:minmax(0,1fr) minmax(0,1fr) 6rem;padding:.55rem .7rem}
    summary .title{grid-column:1/-1}th,td{padding:.3rem .4rem}}
    @media print{body{max-width:none;background:#fff}details.field,.card{break-inside:avoid}nav{display:none}}

    """
}
