import { describe } from 'vitest';
import { testParsed, testScanned } from '../both-parsers.ts';

describe('drawings', () => {
	testScanned([
		['icon', '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><a href=1>', '1'],
		['icon in a link', '<a href=1><svg><use xlink:href="#x"></use></svg></a><a href=2>', '1 2'],
		['icon in a cell', '<table><td><svg><path/></svg></td><td><a href=1></table>', '1'],
		['self-closing', '<svg/><style><a href=0></style><a href=1>', '1'],
		['title and description', '<svg><title>t</title><desc>d</desc></svg><a href=1>', '1'],
		['link', '<svg><a href=1><text>x</text></a></svg><a href=2>', '1 2'],
		['xlink', '<svg><a xlink:href="1"/></svg><a href=2>', '1 2'],
		['of href and xlink:href the later', '<svg><a href="1" xlink:href="2"/><a xlink:href="3" href="4"/></svg>', '2 4'],
		['of two xlink:href the first', '<svg><a xlink:href="1" XLINK:HREF="2"/></svg>', '1'],
		['base is another element', '<svg><base href=/b/></svg><a href=1>', '1'],
		['style is markup', '<svg><style><a href=1></a></style></svg>', '1'],
		['script is markup', '<svg><script><a href=1></a></script></svg>', '1'],
		['slash in an unquoted value', '<svg><a href=1/></a></svg><style><a href=0></style>', '1/'],
		['template is another element', '<svg><template><a href=1></a></template></svg>', '1'],
		['select is another element', '<svg><select><a href=1></a></select></svg>', '1'],
		['plaintext is another element', '<svg><plaintext><a href=1></a></plaintext></svg><a href=2>', '1 2'],
		['unclosed elements within', '<svg><g><g><path></svg><style><a href=0></style><a href=1>', '1'],
		['end tag in another case', '<svg><linearGradient></LINEARGRADIENT></SVG><style><a href=0></style>', ''],
		['in a select is nothing', '<select><svg><style></select><a href=1>', '1'],
		['in a template', '<template><svg><a href=0 /></svg></template><a href=1>', '1'],
		['unclosed', '<svg><g><a href=1>', '1'],
	]);
});

describe('formulas', () => {
	testScanned([
		['formula', '<math><mi>x</mi><mo>=</mo><mn>1</mn></math><a href=1>', '1'],
		[
			'annotation',
			'<math><semantics><annotation encoding="application/x-tex">x</annotation></semantics></math><a href=1>',
			'1',
		],
		['svg within is an element of MathML', '<math><svg><title><a href=1></a></title></svg></math>', '1'],
		['mi in a drawing is an element of SVG', '<svg><mi><a href=1></a></mi></svg>', '1'],
		['link', '<math><a href=1></a></math>', '1'],
	]);
});

describe('HTML that ends a drawing', () => {
	testScanned([
		['paragraph', '<svg><g><p><style><a href=0></style><a href=1>', '1'],
		['image', '<svg><img><title><a href=0></title><a href=1>', '1'],
		['table', '<svg><table><td><a href=1></table><a href=2>', '1 2'],
		['span', '<svg><path><span><a href=1>', '1'],
		['body', '<svg><body><![CDATA[>]]><a href=1>', '1'],
	]);
});

describe('HTML within drawings and formulas', () => {
	testParsed([
		['foreignObject', '<svg><foreignObject><div><a href=1></a></div></foreignObject></svg><a href=2>', '1 2'],
		['foreignObject left open', '<svg><foreignObject><p></svg><style><a href=0></style><a href=1>', '1'],
		['title', '<svg><title><b>t</b></title></svg><a href=1>', '1'],
		['desc', '<svg><desc><style><a href=0></style></desc></svg><a href=1>', '1'],
		['mtext', '<math><mtext><a href=1>x</a></mtext></math>', '1'],
		[
			'annotation-xml as HTML',
			'<math><annotation-xml encoding="text/html"><p><a href=1></p></annotation-xml></math>',
			'1',
		],
		['annotation-xml', '<math><annotation-xml><p><a href=1></math>', '1'],
		['font with colour', '<svg><font color=red><style><a href=0></style></svg><a href=1>', '1'],
		['font without', '<svg><font><style><a href=1></a></style></svg>', '1'],
		['end tag of an element around', '<div><svg></div><style><a href=0></style><a href=1>', '1'],
		['end tag of nothing', '<svg></span><style><a href=1></style></svg>', '1'],
		['end tag of a paragraph', '<svg></p><style><a href=0></style><a href=1>', '1'],
		['end tag of the cell', '<table><td><svg></td><td><style><a href=0></style><a href=1></table>', '1'],
	]);
});
