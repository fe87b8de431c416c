/** Names and their passwords. */
export type Users = Readonly<Record<string, string>>;

export const defaultUsers: Users = { ada: 'lovelace' };

/** The first user, for tests that need any one. @throws {RangeError} if there is none. */
export function firstUser(users: Users): { readonly user: string; readonly password: string } {
	const [first] = Object.entries(users);
	if (first === undefined) throw new RangeError('users must name at least one user, got {}');
	return { user: first[0], password: first[1] };
}

/** Names are looked up among the object's own, so that `constructor` is nobody. */
export function passwordOf(users: Users, user: string): string | undefined {
	return Object.hasOwn(users, user) ? users[user] : undefined;
}
