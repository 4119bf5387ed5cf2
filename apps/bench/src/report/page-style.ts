/** The style sheet of the report's page, charts apart. */
export const pageStyle = `:root{color-scheme:light dark;--ink:#1f2328;--muted:#59636e;--line:#d9dee3;--paper:#fff;--raised:#f6f8fa;--link:#0b5cad;--good:#0a6b45;--bad:#a83b00}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--muted:#9198a1;--line:#30363d;--paper:#0d1117;--raised:#161b22;--link:#6cb2ff;--good:#3ecf9a;--bad:#ff9a5c}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,"Liberation Sans",sans-serif}
h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}
h2{font-size:1.3rem;margin:2.75rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
h1,h2,h3,p,li,th,td,summary,figcaption{overflow-wrap:anywhere}
a{color:var(--link)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem;min-width:100%}
th,td{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:baseline;overflow-wrap:normal}
thead th{font-weight:600;color:var(--muted);white-space:nowrap;border-bottom:2px solid var(--line)}
tbody th{font-weight:500;min-width:9rem;max-width:22rem;overflow-wrap:anywhere}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
th.number{text-align:right}
td.number+td.words,td.number+td:not(.number),th.number+th.words{padding-left:1rem}
td.words{min-width:5rem}
td.machine{min-width:13rem}
td.commit{white-space:nowrap}
td.long{min-width:16rem;overflow-wrap:anywhere}
.verdict{white-space:nowrap}
.verdict.better{color:var(--good);font-weight:600}
.verdict.worse{color:var(--bad);font-weight:600}
.verdict.within-noise,.verdict.one-run{color:var(--muted)}
.sources,.notes{font-size:.85rem;color:var(--muted);padding-left:1.4rem;max-width:52rem}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:1.5rem;margin:1.25rem 0;align-items:start}
figure{margin:0;min-width:0}
figure svg{display:block;width:100%;max-width:34rem;height:auto}
figcaption{font-size:.8rem;color:var(--muted);margin-top:.25rem;max-width:34rem}
details{margin:1rem 0}
summary{cursor:pointer;color:var(--link)}
sup{font-size:.7em;margin-left:.15em;line-height:0}
@media (max-width:30rem){table{font-size:.85rem}th,td{padding-right:.6rem}tbody th{min-width:7rem}}
@media print{body{max-width:none}details{display:block}figure,tr{break-inside:avoid}}`;
