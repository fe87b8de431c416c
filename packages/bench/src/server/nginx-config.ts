/** What the configuration depends on. */
export interface NginxConfigOptions {
	/** Folder of the site. */
	readonly root: string;
	readonly port: number;
	/** The account of the worker; only root may and must choose one. */
	readonly user?: string | undefined;
}

/** Where the number of answered requests can be read. */
export const statusPath = '/.nginx-status';

/**
 * An nginx configuration that needs no rights and writes nothing outside its own folder (nginx's `-p`).
 *
 * One worker, because the machine's other core belongs to the contestant; files are kept open and sent by the kernel,
 * so that the server is not what is measured.
 */
export function nginxConfig({ root, port, user }: NginxConfigOptions): string {
	return `daemon off;
worker_processes 1;
${user === undefined ? '' : `user ${user};\n`}pid nginx.pid;
error_log error.log;
events { worker_connections 2048; }
http {
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000000;
	open_file_cache max=20000 inactive=10m;
	client_body_temp_path body;
	proxy_temp_path proxy;
	fastcgi_temp_path fastcgi;
	uwsgi_temp_path uwsgi;
	scgi_temp_path scgi;
	types { text/html html; text/plain txt; application/xml xml; }
	default_type text/html;
	server {
		listen 127.0.0.1:${port};
		charset utf-8;
		root ${JSON.stringify(root)};
		location = ${statusPath} { stub_status; }
	}
}
`;
}

/** The third number of nginx's status page, `server accepts handled requests`; undefined if it is another page. */
export function requestsInStatus(page: string): number | undefined {
	const numbers = /^\s*\d+\s+\d+\s+(\d+)\s*$/m.exec(page);
	return numbers === null ? undefined : Number(numbers[1]);
}
