// What the demo data has that tests are about. Must not know how it is asked for.

/** An owner in each of the four services. */
export const FOUR = ["altostrat/owner", "anthropic/owner", "flashback/owner", "openai/owner"];
/** A workspace with nothing in the way of anything, of which the owner is an owner. */
export const OWNED = "Long Read Publishing";
/** One that a viewer sees too. */
export const BOOKS = "Quiet Corner Books";
/** One with three active subscriptions. */
export const SUBSCRIBED = "Lantern Hotels Group";
