const DAY_MS = 24 * 60 * 60_000;

/**
 * How long a browser keeps its session cookie. It outlives the session, and then proves only that
 * the browser has signed in before.
 */
export const COOKIE_AGE_MS = 90 * DAY_MS;

/** How the session cookies are set, and cleared. */
export const cookieOptions = {
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
  path: '/',
} as const;
