/** The shop's stylesheet, inlined into each page. */
export const style: string = `
:root { --ink: #23302b; --paper: #faf8f3; --leaf: #2f6f56; --line: #ddd7c8; }
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.55 Georgia, serif; color: var(--ink); background: var(--paper) }
header, main, footer { max-width: 68rem; margin: auto; padding: 1rem 1.25rem }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; border-bottom: 1px solid var(--line) }
header .brand { font-size: 1.5rem; text-decoration: none; color: var(--ink) }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; list-style: none }
a { color: var(--leaf) }
h1 { font-weight: normal; margin: .5rem 0 1rem }
.crumbs { font-size: .85rem; color: #777 }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem; padding: 0; list-style: none }
.card { background: #fff; border: 1px solid var(--line); border-radius: .5rem; padding: .75rem }
.card img, .product img { width: 100%; border-radius: .35rem; display: block }
.price { font-weight: bold }
.out { color: #a33 }
.product { display: grid; grid-template-columns: minmax(14rem, 1fr) 2fr; gap: 2rem }
.pages { margin: 1.5rem 0; display: flex; gap: .75rem }
.button { background: var(--leaf); color: #fff; padding: .45rem 1rem; border-radius: 2rem; text-decoration: none }
aside, footer { margin-top: 2rem; border-top: 1px solid var(--line); font-size: .9rem }
footer ul { padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem }
@media (max-width: 40rem) { .product { grid-template-columns: 1fr } }
`.trim();
