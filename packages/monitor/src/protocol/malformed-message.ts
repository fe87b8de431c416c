/** A message that is not one of the protocol; its text becomes the reason of the close frame. */
export class MalformedMessage extends Error {}
