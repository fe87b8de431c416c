/** File name extensions of what is no page: images, sound, video, archives, programs, fonts, office documents. */
export const BINARY_EXTENSIONS: readonly string[] = [
	...['avif', 'bmp', 'gif', 'heic', 'ico', 'jpeg', 'jpg', 'png', 'psd', 'svg', 'tif', 'tiff', 'webp'],
	...['aac', 'flac', 'm4a', 'mid', 'mp3', 'oga', 'ogg', 'opus', 'wav', 'wma'],
	...['3gp', 'avi', 'flv', 'm4v', 'mkv', 'mov', 'mp4', 'mpeg', 'mpg', 'ogv', 'webm', 'wmv'],
	...['7z', 'bz2', 'gz', 'iso', 'jar', 'rar', 'tar', 'tgz', 'xz', 'zip', 'zst'],
	...['apk', 'bin', 'deb', 'dmg', 'exe', 'msi', 'pkg', 'rpm'],
	...['eot', 'otf', 'ttf', 'woff', 'woff2'],
	...['doc', 'docx', 'epub', 'odp', 'ods', 'odt', 'pdf', 'ppt', 'pptx', 'rtf', 'xls', 'xlsx'],
];

/**
 * The extension of the last path segment in lower case, without the dot; empty when there is none.
 *
 * @param url an absolute URL
 */
export function extensionOf(url: string): string {
	const end = url.search(/[?#]/);
	const path = end === -1 ? url : url.slice(0, end);
	const slash = path.lastIndexOf('/');
	const dot = path.lastIndexOf('.');
	// The dots of the host are none of a file: a slash two behind the colon is the authority's.
	const isFile = dot > slash && slash > path.indexOf('://') + 2;
	return isFile ? path.slice(dot + 1).toLowerCase() : '';
}
