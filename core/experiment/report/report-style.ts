import { colours } from './chart.js';

export const reportStyle = `
:root { --ink: #1b1f24; --quiet: #57606a; --line: #d8dee4; --ground: #ffffff; --soft: #f6f8fa;
  --classical: ${colours.classical}; --hybrid: ${colours.hybrid}; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 832px; margin: 0 auto; padding: 40px 24px 72px; }
header p { color: var(--quiet); margin: 0; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.01em; margin: 0 0 6px; overflow-wrap: anywhere; }
h2 { font-size: 20px; line-height: 1.3; margin: 52px 0 4px; }
h2 + p { margin: 0 0 14px; }
p { margin: 0 0 12px; max-width: 68ch; }
.note { color: var(--quiet); font-size: 14.5px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 20px; margin: 28px 0 0;
  padding: 20px 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.facts dt { color: var(--quiet); font-size: 13.5px; }
.facts dd { margin: 2px 0 0; font-size: 24px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.facts dd small { display: block; font-size: 13.5px; line-height: 1.4; color: var(--quiet); margin-top: 3px; }
.scroll { overflow-x: auto; margin: 14px 0; }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; font-size: 13px; color: var(--quiet); white-space: nowrap; }
th, td { padding: 7px 16px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; }
.dna { font: 13.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
td .dna { display: block; min-width: 24ch; }
.kind { display: inline-flex; align-items: baseline; gap: 6px; white-space: nowrap; }
.kind::before { content: ""; width: 9px; height: 9px; flex: none; background: var(--classical); border-radius: 50%; }
.kind.hybrid::before { background: var(--hybrid); border-radius: 0; clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 14px; color: var(--quiet); }
.legend .line::before { content: ""; display: inline-block; width: 20px; border-top: 2px solid #5b6472;
  vertical-align: middle; margin-right: 6px; }
.legend .hollow::before { content: ""; display: inline-block; width: 9px; height: 9px; border: 1.5px solid #5b6472;
  border-radius: 50%; margin-right: 6px; }
figure { margin: 12px 0 0; }
figure svg { display: block; width: 100%; max-width: 100%; height: auto; }
figure.playing svg, figure.playing img { max-width: 600px; border: 1px solid var(--line); border-radius: 6px; }
.narrow { display: none; }
ins { background: #dcf0e1; text-decoration: none; border-radius: 3px; padding: 0 3px; box-shadow: inset 0 -2px #2f8f4e; }
del { background: #fbe3e0; color: #6b3a34; border-radius: 3px; padding: 0 3px; }
pre { background: var(--soft); border-radius: 6px; padding: 14px 16px; overflow-x: auto;
  font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
summary { cursor: pointer; color: var(--quiet); font-size: 14.5px; padding: 6px 0; }
footer { margin-top: 56px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 14px;
  overflow-wrap: anywhere; }
@media (max-width: 600px) {
  main { padding: 24px 16px 48px; }
  h1 { font-size: 25px; }
  h2 { margin-top: 40px; }
  .facts { grid-template-columns: 1fr 1fr; gap: 16px; }
  .facts dd { font-size: 21px; }
  .wide { display: none; }
  .narrow { display: block; }
}
@media print { main { max-width: none; padding: 0; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
`;
