import { Html } from './html.ts';

/** The look of a report, in light and dark. */
export const STYLE: Html = new Html(`
:root { color-scheme: light dark; --text: #1c2024; --quiet: #5c6570; --ground: #fff; --line: #dde1e6; --good: #2f7d4f; --bad: #c0392b; --left: #8a929c; --open: #3973b9; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --quiet: #a3abb5; --ground: #15181c; --line: #343a42; --good: #5bbf85; --bad: #f0776b; --left: #7f8893; --open: #7fb0ea; } }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.quiet { color: var(--quiet); margin: .2rem 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .75rem; margin: 1rem 0; }
.tiles div { border: 1px solid var(--line); border-radius: 6px; padding: .5rem .75rem; }
.tiles dt { color: var(--quiet); font-size: .85rem; }
.tiles dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; font-weight: normal; }
thead th { color: var(--quiet); }
.bars th { width: 30%; }
.bars td:last-child { width: 55%; vertical-align: middle; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { display: block; width: 100%; height: .9rem; }
.columns { display: block; width: 100%; height: 8rem; border-bottom: 1px solid var(--line); }
.wide { overflow-x: auto; }
.good { fill: var(--good); } .bad { fill: var(--bad); } .left { fill: var(--left); } .open { fill: var(--open); }
`);
