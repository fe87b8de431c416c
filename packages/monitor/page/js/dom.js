/**
 * The element with an id.
 *
 * @template {Element} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function element(id, kind) {
	const found = document.getElementById(id);
	if (found instanceof kind) return found;
	throw new Error(`The page has no ${kind.name} "${id}".`);
}

/**
 * Makes an element. Texts become text nodes, so that nothing a log says becomes markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{ className?: string, title?: string, dateTime?: string, href?: string, rel?: string, target?: string }} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, properties = {}, ...children) {
	const node = Object.assign(document.createElement(tag), properties);
	node.append(...children);
	return node;
}

/**
 * Sets a text only when it is another one, so that live regions stay silent and selections stay.
 *
 * @param {Element} node
 * @param {string} text
 */
export function setText(node, text) {
	if (node.textContent !== text) node.textContent = text;
}
