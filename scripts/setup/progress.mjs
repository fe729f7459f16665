/**
 * "2 min 05 s" for 125,000 ms.
 *
 * @param {number} ms
 */
export const duration = (ms) => {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
};

/**
 * A progress line for something that takes minutes: rewritten each second on a terminal, a new line
 * every 15 seconds in a log.
 *
 * @param {string} title
 */
export const progress = (title) => {
  const started = Date.now();
  const live = process.stderr.isTTY;
  let detail = '';
  const text = () => `${title}: ${duration(Date.now() - started)}${detail && `, ${detail}`}`;
  const show = () => process.stderr.write(live ? `\r\x1b[K${text()}` : `${text()}\n`);
  show();
  const timer = setInterval(show, live ? 1000 : 15_000);
  return {
    detail: (/** @type {string} */ words) => {
      detail = words;
    },
    end: (/** @type {string} */ word) => {
      clearInterval(timer);
      process.stderr.write(live ? `\r\x1b[K${text()}, ${word}\n` : `${text()}, ${word}\n`);
    },
  };
};
