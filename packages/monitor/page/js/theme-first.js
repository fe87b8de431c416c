// A classic script in the head, so that the chosen theme holds before the first paint.
(() => {
	const chosen = localStorage.getItem('theme');
	if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
