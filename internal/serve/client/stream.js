// @ts-check
// The news: one event stream while the page is looked at. A hidden page holds
// none: it does nothing, and the browser's few connections to a server are left
// to the others. The server says its state at every connection, so nothing has
// to be remembered for coming back.

const shortest = 500; // milliseconds to the first new try
const longest = 10_000;

/**
 * @param {{news: (news: import("./client.js").News) => void, connected: (yes: boolean) => void}} to
 */
export function listen(to) {
  /** @type {EventSource | undefined} */
  let stream;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  let pause = shortest;

  function open() {
    clearTimeout(again);
    if (stream) return;
    stream = new EventSource("/_peppermill/events");
    stream.addEventListener("open", () => {
      pause = shortest;
      to.connected(true);
    });
    stream.addEventListener("build", (event) => {
      if (document.visibilityState !== "hidden") to.news(JSON.parse(event.data));
    });
    stream.addEventListener("error", () => {
      close();
      to.connected(false);
      // Not all pages in the same moment.
      again = setTimeout(look, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 1.6, longest);
    });
  }
  function close() {
    clearTimeout(again);
    stream?.close();
    stream = undefined;
  }
  function look() {
    if (document.visibilityState === "hidden") close();
    else open();
  }

  document.addEventListener("visibilitychange", () => {
    pause = shortest;
    look();
  });
  // A page that the browser keeps for its back button lets go of the stream.
  addEventListener("pagehide", close);
  addEventListener("pageshow", look);
  look();
}
