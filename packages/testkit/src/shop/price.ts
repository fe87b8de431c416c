import type { Currency } from './catalog.ts';

const symbols: Readonly<Record<Currency, string>> = { EUR: '€', GBP: '£', JPY: '¥' };

/** A price as customers read it: `€1,299.00`, `¥12,800`. */
export function formatPrice(price: number, currency: Currency): string {
	const [whole = '', cents] = price.toFixed(currency === 'JPY' ? 0 : 2).split('.');
	const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
	return `${symbols[currency]}${grouped}${cents === undefined ? '' : `.${cents}`}`;
}
