import { extname } from 'node:path';

const types: Readonly<Record<string, string>> = {
	'.css': 'text/css; charset=utf-8',
	'.gif': 'image/gif',
	'.gz': 'application/gzip',
	'.htm': 'text/html',
	'.html': 'text/html',
	'.ico': 'image/x-icon',
	'.jpeg': 'image/jpeg',
	'.jpg': 'image/jpeg',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json',
	'.pdf': 'application/pdf',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
	'.xhtml': 'application/xhtml+xml',
	'.xml': 'application/xml',
};

/** The media type of a file by its name. HTML gets no charset: the pages themselves know theirs. */
export function contentType(file: string): string {
	return types[extname(file).toLowerCase()] ?? 'application/octet-stream';
}
