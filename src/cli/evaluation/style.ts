/** The look of the page: one sheet, light and dark, no fonts or pictures from elsewhere. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f4f6f8;--card:#fff;--ink:#17212b;--soft:#566372;--line:#dde3e9;--faint:#eef1f4;
--accent:#2a66d9;--on-accent:#fff;--good:#157347;--fair:#9a5b00;--poor:#b3261e;
--idle:#77879a;--walk:#2a66d9;--run:#d95f21;--used:#3d9484;--never:#d99a1c;--repeated:#7d5fd0;--blocked:#9fb0c2;--dead:#c3ccd6}
@media(prefers-color-scheme:dark){:root{--ground:#0e1318;--card:#161d24;--ink:#e6ecf2;--soft:#9caab9;--line:#2a343f;--faint:#1d262f;
--accent:#6d9dff;--on-accent:#0b1220;--good:#5cc98f;--fair:#e5ad4c;--poor:#ff8a80;
--idle:#93a4b6;--walk:#6d9dff;--run:#ff9a5c;--used:#4fb3a2;--never:#e5b04a;--repeated:#a58cf0;--blocked:#5d6f82;--dead:#3a4653}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.wrap{max-width:74rem;margin:0 auto;padding:0 1.25rem}
a{color:var(--accent)}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:3}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
header{padding:2.75rem 0 1.25rem}
header p{margin:.35rem 0 0;color:var(--soft)}
h1{font-size:clamp(1.6rem,3vw,2.2rem);line-height:1.2;margin:0;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:1.3rem;line-height:1.3;margin:0;letter-spacing:-.01em}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
nav{position:sticky;top:0;z-index:2;background:var(--ground);border-bottom:1px solid var(--line)}
nav ul{display:flex;gap:.1rem;list-style:none;margin:0 -.6rem;padding:.4rem 0;overflow-x:auto}
nav a{display:block;padding:.3rem .6rem;border-radius:99px;text-decoration:none;color:var(--soft);white-space:nowrap;font-size:.88rem}
nav a:hover{background:var(--faint);color:var(--ink)}
main.wrap{padding-top:1.4rem;padding-bottom:1.5rem}
section{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.5rem 1.6rem;margin:0 0 1.25rem;scroll-margin-top:3.5rem}
.lead{color:var(--soft);margin:.3rem 0 1.1rem;max-width:48rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(15.5rem,1fr));gap:.9rem;margin:0 0 1.25rem;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1rem 1.15rem;border-top:4px solid var(--line)}
.tiles .good{border-top-color:var(--good)}.tiles .fair{border-top-color:var(--fair)}.tiles .poor{border-top-color:var(--poor)}
.tiles b{display:block;font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.tiles span{display:block;font-weight:550}.tiles small{display:block;color:var(--soft);margin-top:.3rem;line-height:1.4;overflow-wrap:anywhere}
.tiles em{font-style:normal;font-weight:600}.good em{color:var(--good)}.fair em{color:var(--fair)}.poor em{color:var(--poor)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:1rem 2rem;align-items:start}
.record{list-style:none;margin:0;padding:0;counter-reset:n}
.record li{display:grid;grid-template-columns:2rem 1fr 9rem 3.5rem 5rem;gap:.75rem;align-items:center;padding:.5rem 0;border-top:1px solid var(--line);counter-increment:n}
.record li:first-child{border-top:0}.record li::before{content:counter(n);color:var(--soft);font-variant-numeric:tabular-nums;text-align:right}
.record .bar{height:.5rem;border-radius:99px;background:var(--faint);overflow:hidden}.record .bar i{display:block;height:100%;background:var(--accent)}
.record b{text-align:right;font-weight:600;font-variant-numeric:tabular-nums}.record small{color:var(--soft);text-align:right;white-space:nowrap}
svg{display:block;max-width:100%;height:auto}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}
svg .soft{fill:var(--soft)}svg .strong{font-weight:600}svg .on{fill:var(--on-accent)}
svg .axis{stroke:var(--line);fill:none}svg .bar{stroke:var(--poor);stroke-width:1.5;stroke-dasharray:5 4;fill:none}
.cell{fill:var(--accent)}.blank{fill:var(--faint)}.thin{fill:none;stroke:var(--run);stroke-width:2;stroke-dasharray:4 3}
.track{fill:var(--faint)}.accent{fill:var(--accent)}.err{stroke:var(--ink);fill:none;stroke-width:1.2}
.idle{fill:var(--idle)}.walk{fill:var(--walk)}.run{fill:var(--run)}
path.idle,path.walk,path.run{fill-opacity:.55}
.used{fill:var(--used)}.never{fill:var(--never)}.repeated{fill:var(--repeated)}.blocked{fill:var(--blocked)}.dead{fill:var(--dead)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;list-style:none;margin:.2rem 0 .9rem;padding:0;font-size:.9rem;color:var(--soft)}
.legend li{display:flex;align-items:center;gap:.4rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.92rem;min-width:24rem;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .9rem .35rem 0;text-align:right;border-bottom:1px solid var(--line);font-weight:400;white-space:nowrap}
thead th{color:var(--soft)}tr>:first-child,.text{text-align:left}
details{margin-top:.9rem}summary{cursor:pointer;color:var(--accent);font-size:.92rem;width:fit-content}details>*+*{margin-top:.6rem}
.none{color:var(--soft)}
footer{color:var(--soft);font-size:.9rem;padding:0 0 3rem}
@media(max-width:40rem){section{padding:1.1rem}.record li{grid-template-columns:1.5rem 1fr 3.5rem}.record small{display:none}.record .bar{display:none}}
@media print{nav{display:none}section{break-inside:avoid}}
`;
