import { element } from './dom.js';

/**
 * The switch between the system's colours, light and dark; remembered by the browser.
 *
 * @param {() => void} onChange called whenever other colours hold, also when the system changes them.
 */
export function listenForTheme(onChange) {
	const select = element('theme', HTMLSelectElement);
	const root = document.documentElement;
	select.value = root.dataset.theme ?? 'auto';
	select.addEventListener('change', () => {
		if (select.value === 'auto') {
			delete root.dataset.theme;
			localStorage.removeItem('theme');
		} else {
			root.dataset.theme = select.value;
			localStorage.setItem('theme', select.value);
		}
		onChange();
	});
	matchMedia('(prefers-color-scheme: dark)').addEventListener('change', onChange);
}

const probe = document.createElement('span');
probe.hidden = true;

/**
 * A colour of the theme that holds, as a canvas understands it: a property by itself is not resolved.
 *
 * @param {string} name such as `--accent`.
 */
export function colour(name) {
	if (!probe.isConnected) document.body.append(probe);
	probe.style.color = `var(${name})`;
	return getComputedStyle(probe).color;
}
