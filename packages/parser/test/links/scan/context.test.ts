import { describe } from 'vitest';
import { testParsed, testScanned } from '../both-parsers.ts';

describe('select', () => {
	testScanned([
		['options', '<select><option value=1>x</option><optgroup><option>y</select><a href=1>', '1'],
		['link within is dropped', '<select><option><a href=0>x</a></select><a href=1>', '1'],
		['all other markup within is dropped', '<select><div><p><svg><b></select><style><a href=0></style><a href=1>', '1'],
		['raw text within is markup', '<select><style></select><a href=1></style>', '1'],
		['in raw text within is no end', '<select><title></select><a href=1></title>', '1'],
		['second start tag is an end tag', '<select><select><a href=1>', '1'],
		['input ends it', '<select><input><a href=1>', '1'],
		['keygen ends it', '<select><keygen><a href=1>', '1'],
		['textarea ends it', '<select><textarea></select><a href=0></textarea><a href=1>', '1'],
		['comment within', '<select><!-- </select> --><a href=0></select><a href=1>', '1'],
		['hr within', '<select><hr><a href=0></select><a href=1>', '1'],
		['unclosed', '<a href=1><select><a href=2>', '1'],
		['other end tags within', '<div><select></div></p></form><a href=0></select><a href=1>', '1'],
		['end tag alone', '</select><a href=1>', '1'],
		['in a cell', '<table><td><select><option>x</select><a href=1><td><a href=2></table>', '1 2'],
	]);
	testParsed([
		['end of the cell around', '<table><td><select><td><a href=1></table>', '1'],
		['end of the table around', '<table><td><select></table><a href=1>', '1'],
		['cells within, without a table', '<select><td><a href=0></select><a href=1>', '1'],
		['template within', '<select><template><a href=0></template><a href=0></select><a href=1>', '1'],
	]);
});

describe('template', () => {
	testScanned([
		['content is no part of the page', '<template><a href=0></a></template><a href=1>', '1'],
		['base within', '<template><base href=/b/></template><a href=1>', '1'],
		['nested', '<template><template></template><a href=0></template><a href=1>', '1'],
		['in the head', '<head><template><a href=0></template></head><a href=1>', '1'],
		['between head and body', '<head></head><template><a href=0></template><body><a href=1>', '1'],
		['loose row', '<template><tr><td><a href=0></td></tr></template><a href=1>', '1'],
		['table', '<template><table><tr><td><a href=0></table></template><a href=1>', '1'],
		['in a cell', '<table><td><template><a href=0></template><a href=1></table>', '1'],
		['raw text within', '<template><style></template></style><a href=0></template><a href=1>', '1'],
		['link left open', '<template><a href=0></template>text<a href=1>', '1'],
		['end tags of elements around', '<div><template></div></body><a href=0></template><a href=1>', '1'],
		['object', '<template><object></object></template><a href=1>', '1'],
		['unclosed', '<a href=1><template><a href=0>', '1'],
		['end tag alone', '</template><a href=1>', '1'],
	]);
	testParsed([
		['column', '<template><col><style><a href=0></style></template><a href=1>', '1'],
		['loose row within a table', '<table><template><td><tr></template><td><a href=1></table>', '1'],
		['link left open before a cell', '<template><tr><a href=2><td></template>text<a href=1>', '2 1'],
		['link left open before an object', '<template><a href=2><object></template>text<a href=1>', '2 1'],
		['end within a table', '<template><table></template><a href=1>', '1'],
		['end within a cell', '<template><a href=2><table><td></template>text<a href=1>', '2 1'],
	]);
});
