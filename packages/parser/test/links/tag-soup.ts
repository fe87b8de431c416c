import fc from 'fast-check';

/** The tags that parsers disagree about. */
const TAGS = [
	...['a', 'a', 'a', 'area', 'base', 'b', 'nobr', 'font', 'p', 'div', 'li', 'h1', 'br', 'hr', 'img', 'input', 'span'],
	...['html', 'head', 'body', 'frameset', 'frame', 'form', 'button', 'object', 'marquee', 'pre', 'ruby', 'rt', 'link'],
	...['table', 'table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'td', 'th'],
	...['select', 'option', 'optgroup', 'keygen', 'template', 'template', 'noscript', 'unknown', 'meta', 'dd'],
	...['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext', 'listing'],
	...['svg', 'svg', 'math', 'desc', 'foreignObject', 'path', 'g', 'mi', 'mtext', 'annotation-xml', 'mglyph', 'use'],
];

/** Tags of one kind, so that long runs of a well-formed table or drawing come up too. */
const FAMILIES = [
	['table', 'tr', 'td', 'th', 'tbody', 'thead', 'caption', 'a', 'div', 'form', 'input'],
	['svg', 'path', 'g', 'title', 'desc', 'a', 'style', 'div', 'math', 'mi', 'font'],
	['select', 'option', 'optgroup', 'a', 'input', 'textarea', 'script', 'table', 'td'],
	['template', 'a', 'table', 'tr', 'td', 'svg', 'select', 'base', 'col'],
	['table', 'tr', 'td', 'caption', 'object', 'marquee', 'a', 'template', 'table'],
	['a', 'p', 'b', 'div', 'button', 'nobr', 'h1', 'li', 'form'],
	['head', 'base', 'title', 'noscript', 'style', 'link', 'body', 'a', 'html', 'template'],
];

const number = fc.nat(99).map(String);
const space = fc.constantFrom(' ', ' ', '\n', '\t', '\f', '\r\n', '\r', '  ');

const url = fc
	.oneof(
		{ weight: 6, arbitrary: number },
		fc.tuple(
			fc.constantFrom('/', '../', '?q=', '#', '//other.test/', 'https://a.test/', 'http:', 'mailto:', ' '),
			number,
		),
		fc.constantFrom(
			...[
				'?a=1&amp;b=2',
				'?a&copy=1&copy;&copyx',
				'&#x41;&#66&#0;&#x110000;',
				'&amp',
				'&',
				'&notit;&notin;',
				'&lt',
				'',
			],
			...[
				'a\0b',
				'\t/x\n',
				' 7 #f',
				'http://[bad',
				'&Tab;/8',
				'\u212a',
				'\ud800',
				'&#x2F;9',
				'HTTP:5',
				'http:?q',
				'\\x',
			],
		),
	)
	.map((part) => (typeof part === 'string' ? part : part.join('')));

const attribute = fc.oneof(
	{
		weight: 5,
		arbitrary: fc
			.tuple(fc.constantFrom('href', 'href', 'HREF', 'xlink:href', 'title', 'data-href', 'type'), url, fc.nat(5))
			.map(([name, value, quoting]) => `${name}${quote(value, quoting)}`),
	},
	fc.constantFrom(
		...['href', 'href=', '=href=1', '"', "'", '/', '/ href=3', 'href="4"/', 'x="<a href=5>"', "y='>'", 'href = 6', '<'],
		...['color=red', 'encoding="text/html"', 'type=hidden', 'href\0=1', 'a=`b>c`', 'href==7', 'x/href=8', 'b="'],
	),
);

function quote(value: string, quoting: number): string {
	return [`="${value}"`, `='${value}'`, `=${value}`, ` =\n"${value}"`, `= '${value}'`, `="${value}"/`][quoting] ?? '';
}

const attributes = fc
	.array(fc.tuple(fc.oneof({ weight: 8, arbitrary: space }, fc.constantFrom('', '/')), attribute), { maxLength: 3 })
	.map((list) => list.flat().join(''));

function markup(tags: readonly string[], closing: number): fc.Arbitrary<string> {
	const name = fc
		.tuple(fc.constantFrom(...tags), fc.nat(40))
		.map(([tag, odd]) => (odd === 0 ? tag.toUpperCase() : odd === 1 ? `${tag}\0` : odd === 2 ? `${tag}x` : tag));
	const startTag = fc
		.tuple(name, attributes, fc.constantFrom('>', '>', '>', '>', '/>', ' >', ' / >'))
		.map(([tag, list, end]) => `<${tag}${list}${end}`);
	const link = fc.tuple(number, fc.constantFrom('', '</a>')).map(([id, end]) => `<a href=${id}>${end}`);
	const endTag = fc
		.tuple(name, fc.constantFrom('>', '>', '>', ' >', ' x=">">', '/>'))
		.map(([tag, end]) => `</${tag}${end}`);
	return fc.oneof(
		{ weight: 5, arbitrary: startTag },
		{ weight: 3, arbitrary: link },
		{ weight: closing, arbitrary: endTag },
		{ weight: 1, arbitrary: oddity },
		{ weight: 1, arbitrary: fc.constant('text') },
	);
}

const oddity = fc.constantFrom(
	...[
		'text',
		' ',
		'\0',
		'<',
		'</',
		'</>',
		'<>',
		'<3',
		'</3 <a href=10>>',
		'<?x <a href=11>?>',
		'<!x>',
		'<!doctype html>',
	],
	...[
		'<!-->',
		'<!--->',
		'<!---->',
		'<!--',
		'-->',
		'--!>',
		'<!--a--!>',
		'<!-- <a href=12> -->',
		'<!--!>',
		'<!---!>',
		'--',
	],
	...[
		'<![CDATA[<a href=13>]]>',
		'<![CDATA[',
		']]>',
		'<a href="',
		"<a href='14",
		'<a href=15',
		'"',
		"'",
		'>',
		'=',
		'&amp;',
	],
	...[
		'<script>',
		'</script>',
		'</script ',
		'</script/x>',
		'<!--<script>',
		'<script ',
		'</scriptx>',
		'</SCRIPT>',
		'<!-',
	],
	...['</title\n>', '</style x="', '<!doctype html "<a href=16>">', '<table><tr><td>', '</td></tr></table>', '</svg>'],
);

/** Broken pages of every kind, as the property tests throw them at both parsers. */
export const tagSoup: fc.Arbitrary<string> = fc
	.oneof(
		fc.array(markup(TAGS, 4), { maxLength: 25, size: 'max' }),
		...FAMILIES.map((family) => fc.array(markup(family, 6), { maxLength: 25, size: 'max' })),
	)
	.map((pieces) => pieces.join(''));
