import { describe } from 'vitest';
import { testParsed, testScanned } from '../both-parsers.ts';

describe('tables as they should be', () => {
	testScanned([
		['cells', '<table><tr><td><a href=1>x</a></td><th><a href=2>x</a></th></tr></table><a href=3>', '1 2 3'],
		['without end tags', '<table><tr><td><a href=1>x<td><a href=2>y<tr><td><a href=3></table><a href=4>', '1 2 3 4'],
		['sections', '<table><thead><tr><th><a href=1><tbody><tr><td><a href=2><tfoot><tr><td><a href=3></table>', '1 2 3'],
		['caption', '<table><caption><a href=1>x</a></caption><tr><td><a href=2></table>', '1 2'],
		['caption last', '<table><tr><td><a href=1></td></tr><caption><a href=2></caption></table>', '1 2'],
		['columns', '<table><colgroup><col><col/></colgroup><col><tr><td><a href=1></table>', '1'],
		['cell without row', '<table><td><a href=1></table>', '1'],
		['row without table', '<tr><td><a href=1></td></tr>', '1'],
		['form around the rows', '<table><form><tr><td><a href=1></form><tr><td><a href=2></table>', '1 2'],
		['hidden input', '<table><input type=hidden><tr><td><a href=1></table>', '1'],
		['image between rows', '<table><tr><img><td><a href=1></table>', '1'],
		['text between rows', '<table>text<tr>text<td><a href=1></table>', '1'],
		['comment between rows', '<table><!-- <td> --><tr><td><a href=1></table>', '1'],
		['script between rows', '<table><script>"<a href=0>"</script><tr><td><a href=1></table>', '1'],
		['select between rows', '<table><select><a href=0></select><tr><td><a href=1></table>', '1'],
		['template between rows', '<table><template><a href=0></template><tr><td><a href=1></table>', '1'],
		['link around', '<a href=1><table><tr><td><a href=2>x</a></td></tr></table></a><a href=3>', '1 2 3'],
		['nested', '<table><td><table><td><a href=1></table><a href=2><td><a href=3></table><a href=4>', '1 2 3 4'],
		['nested in a caption', '<table><caption><table><td><a href=1></table><a href=2></caption></table>', '1 2'],
		['table directly in a table ends it', '<table><tr><table><tr><td><a href=1></table><a href=2>', '1 2'],
		['object in a cell', '<table><td><object><a href=1></object></td><td><a href=2></table>', '1 2'],
		['well-formed page in a cell', '<table><td><div><p><b><a href=1></a></b></p></div></td></table>', '1'],
	]);
});

describe('end tags that do not fit', () => {
	testScanned([
		['of another cell', '<table><tr><td></th><a href=1></td></table>', '1'],
		['of a caption in a cell', '<table><tr><td></caption><a href=1></table>', '1'],
		['of another section', '<table><tbody><tr><td></thead></tfoot><a href=1></table>', '1'],
		['of a row in a caption', '<table><caption></tr></tbody></td><a href=1></table>', '1'],
		['of the body', '<table><tr><td></body></html><a href=1></table>', '1'],
		['of cells between rows', '<table></td></tr></tbody></caption><tr></td><td><a href=1></table>', '1'],
		['of anything between rows', '<table></div></p></a></b><tr></span><td><a href=1></table>', '1'],
		['of a table without table', '</table></td></tr><a href=1>', '1'],
		['of a second table', '<table><td></table></table><a href=1>', '1'],
	]);
});

describe('what is moved before the table', () => {
	testParsed([
		['link in a table', '<table><tr><td><a href=1></td></tr><a href=2></table>', '2 1'],
		['link in a row', '<table><tr><a href=2><td><a href=1></table>', '2 1'],
		['link after the row', '<table><tr><td><a href=1></a></tr><a href=2>x</a></table><a href=3>', '2 1 3'],
		['link after the section', '<table><td><a href=1></tbody><a href=2></table>', '2 1'],
		['link after the cell', '<table><td><a href=1></td><a href=2></table>', '2 1'],
		['area', '<table><td><a href=1></td><area href=2></table>', '2 1'],
		['base', '<table><td><base href=/b/></td><base href=/a/></table><a href=1>', '/a/1'],
		['element around a link', '<table><td><a href=1></td><div><a href=2></div></table>', '2 1'],
		['element around a table', '<table><td><a href=1></td><div><table><td><a href=2></table>', '1 2'],
		['drawing', '<table><tr><td><a href=1></td><svg><a href=2 /></svg></table>', '2 1'],
		['noscript', '<table><td><a href=1></td><noscript><a href=2></noscript></table>', '2 1'],
		['link in a column group', '<table><td><a href=1></td><colgroup><a href=2></table>', '2 1'],
		['link left open by an object', '<table><td><a href=1></a><td><a href=2><object></td></tr>text</table>', '2 1'],
		['link left open by two objects', '<table><td><object><applet><a href=1></object><td><a href=2></table>', '1 2'],
	]);
});
