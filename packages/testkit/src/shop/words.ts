/** The vocabulary of the sample shop. */

/** A category, its URL name, and the things it sells. */
export interface CategoryWords {
	readonly slug: string;
	readonly name: string;
	readonly nouns: readonly string[];
}

export const categoryWords: readonly CategoryWords[] = [
	{
		slug: 'kitchen',
		name: 'Kitchen',
		nouns: ['Teapot', 'Bread Knife', 'Mixing Bowl', 'Cutting Board', 'Salt Mill', 'Ladle', 'Frying Pan', 'Jug'],
	},
	{
		slug: 'living-room',
		name: 'Living Room',
		nouns: ['Armchair', 'Side Table', 'Cushion', 'Wall Clock', 'Rug', 'Footstool', 'Candle Holder', 'Throw'],
	},
	{
		slug: 'office',
		name: 'Office',
		nouns: ['Desk', 'Pen Tray', 'Notebook', 'Bookend', 'Swivel Chair', 'Letter Rack', 'Monitor Stand', 'Ruler'],
	},
	{
		slug: 'garden',
		name: 'Garden',
		nouns: ['Trowel', 'Watering Can', 'Bench', 'Bird House', 'Planter', 'Rain Gauge', 'Hammock', 'Wheelbarrow'],
	},
	{
		slug: 'lighting',
		name: 'Lighting',
		nouns: ['Desk Lamp', 'Pendant', 'Floor Lamp', 'Lantern', 'Spotlight', 'Night Light', 'Chandelier', 'Sconce'],
	},
	{
		slug: 'storage',
		name: 'Storage & Order',
		nouns: ['Shelf', 'Basket', 'Chest', 'Coat Rack', 'Shoe Cabinet', 'Drawer Unit', 'Crate', 'Key Box'],
	},
	{
		slug: 'bathroom',
		name: 'Bathroom',
		nouns: ['Soap Dish', 'Mirror', 'Towel Rail', 'Bath Mat', 'Stool', 'Toothbrush Mug', 'Laundry Bin', 'Scale'],
	},
	{
		slug: 'travel',
		name: 'Travel',
		nouns: ['Backpack', 'Suitcase', 'Wash Bag', 'Flask', 'Umbrella', 'Neck Pillow', 'Money Belt', 'Duffel'],
	},
];

export const materials: readonly string[] = [
	'Oak',
	'Brass',
	'Linen',
	'Steel',
	'Cork',
	'Walnut',
	'Wool',
	'Enamel',
	'Ash',
];

export const manners: readonly string[] = ['Folding', 'Small', 'Tall', 'Round', 'Quiet', 'Everyday', 'Heavy', 'Slim'];

export const brands: readonly string[] = [
	'Northmoor',
	'Halden & Sons',
	'Tessel',
	'Quarry Lane',
	'Fjordhus',
	"O'Leary Works",
];

export const praises: readonly string[] = [
	'Made to be used every day and mended rather than replaced.',
	'Finished by hand, so no two are quite alike.',
	'It ships flat and goes together without tools.',
	'The surface darkens with the years, which is the point of it.',
	'Tested for ten thousand turns, knocks and careless afternoons.',
	'Comes with spare parts and a five-year promise.',
	'Easy to clean: warm water, a soft cloth, nothing else.',
	'A shape that has not needed to change since 1931.',
];

/** Products whose names need more than ASCII, sold in the category "From afar". */
export const imports: readonly { readonly slug: string; readonly name: string; readonly region: 'europe' | 'japan' }[] =
	[
		{ slug: 'creme-brulee-dish', name: 'Crème brûlée dish', region: 'europe' },
		{ slug: 'groesse-l-schuerze', name: 'Schürze „Größe L“', region: 'europe' },
		{ slug: 'pina-colada-cup', name: 'Piña colada cup', region: 'europe' },
		{ slug: 'fish-and-chips-basket', name: "Fish & chips basket – Brighton's best", region: 'europe' },
		{ slug: 'smorrebrod-braet', name: 'Smørrebrød-bræt', region: 'europe' },
		{ slug: 'galao-glass', name: 'Galão glass <tall>', region: 'europe' },
		{ slug: 'matcha-bowl', name: '抹茶碗', region: 'japan' },
		{ slug: 'nambu-iron-kettle', name: '南部鉄器の急須', region: 'japan' },
		{ slug: 'bamboo-whisk', name: '竹の茶筅', region: 'japan' },
		{ slug: 'wind-bell', name: 'ガラスの風鈴', region: 'japan' },
		{ slug: 'furoshiki', name: '風呂敷（藍色）', region: 'japan' },
		{ slug: 'bento-box', name: '曲げわっぱ弁当箱', region: 'japan' },
	];
