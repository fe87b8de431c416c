import { describe } from 'vitest';
import { testScanned } from '../both-parsers.ts';

const L1 = '<a href=1>x</a>';
const L2 = '<a href=2>x</a>';

describe('comments', () => {
	testScanned([
		['ordinary', `<!-- ${L1} -->${L2}`, '2'],
		['closed by --!>', `<!-- ${L1} --!>${L2}`, '2'],
		['--!> before -->', `<!-- --!>${L1}<!-- -->${L2}`, '1 2'],
		['--> before --!>', `<!-- -->${L1}<!-- --!>${L2}`, '1 2'],
		['abrupt <!-->', `<!-->${L1}<!-- -->`, '1'],
		['abrupt <!--->', `<!--->${L1}<!-- -->`, '1'],
		['empty <!---->', `<!---->${L1}`, '1'],
		['<!--!> is open', `<!--!>${L1}-->${L2}`, '2'],
		['<!---!> is open', `<!---!>${L1}-->${L2}`, '2'],
		['<!----!> is closed', `<!----!>${L1}`, '1'],
		['dashes before the end', `<!-- ---->${L1}`, '1'],
		['bang and dashes', `<!-- --!-->${L1}`, '1'],
		['-- > is open', `<!-- -- >${L1}-->${L2}`, '2'],
		['nested', `<!-- <!-- ${L1} -->${L2} -->`, '2'],
		['nested and abrupt', `<!-- <!-->${L1}`, '1'],
		['unclosed swallows the rest', `${L1}<!-- ${L2}`, '1'],
		['unclosed at a dash', `${L1}<!-- ${L2} --`, '1'],
		['<!- ends at the first >', `<!- x>${L1}-->${L2}`, '1 2'],
	]);
});

describe('what is a comment by mistake', () => {
	testScanned([
		['processing instruction', `<?php <a href=1> ?>${L2}`, '2'],
		['processing instruction ends at the first >', `<?x > ${L1} ?>`, '1'],
		['unclosed processing instruction', `${L1}<?x <a href=2`, '1'],
		['<!x>', `<!x <b>${L1}`, '1'],
		['<!>', `<!>${L1}`, '1'],
		['</3>', `</3 <a href=1>${L2}`, '2'],
		['</ a>', `</ a>${L1}`, '1'],
		['</>', `</>${L1}`, '1'],
		['</ at the end', `${L1}</`, '1'],
		['<! at the end', `${L1}<!`, '1'],
		['lone <', `< a href=1>${L2}<`, '2'],
		['<3', `<3 ${L1}`, '1'],
		['<<a', `<${L1}`, '1'],
	]);
});

describe('doctypes', () => {
	testScanned([
		['html', `<!doctype html>${L1}`, '1'],
		['> within quotes ends it', `<!DOCTYPE html PUBLIC "a>${L1}"`, '1'],
		['late', `<p><!doctype html>${L1}`, '1'],
		['unclosed', `${L1}<!doctype html `, '1'],
	]);
});

describe('CDATA sections', () => {
	testScanned([
		['are comments up to > in HTML', `<![CDATA[ ${L1} ]]>${L2}`, '2'],
		['are text in SVG', `<svg><![CDATA[${L1}]]></svg>${L2}`, '2'],
		['are text in MathML', `<math><![CDATA[${L1}]]></math>${L2}`, '2'],
		['end at the first ]]>', `<svg><![CDATA[]]]>${L1}</svg>`, '1'],
		['unclosed', `${L1}<svg><![CDATA[${L2}`, '1'],
		['in lower case are comments', `<svg><![cdata[>${L1}</svg>`, '1'],
		['are comments in an SVG title', `<svg><title><![CDATA[x>]]></title></svg>${L1}`, '1'],
		['are comments after SVG', `<svg></svg><![CDATA[>${L1}`, '1'],
	]);
});
