/** Who can take part in parsing, in the order of the table. */
export const parseContestants = ['ours', 'sax', 'cheerio'] as const;

/** One of them. */
export type ParseContestantName = (typeof parseContestants)[number];
