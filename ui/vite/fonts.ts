import type { HtmlTagDescriptor, Plugin } from 'vite';

/** The letters that German needs, in the weights of the first view. */
const FIRST = /^assets\/fira-sans-latin-\d+-normal-[^/]+\.woff2$/;

/**
 * Asks for the letters of the first picture together with the page. Otherwise the window learns of them last, after styles, script, state and
 * layout, and paints a first picture without letters.
 */
export function fonts(): Plugin {
  return {
    name: 'fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_page, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => FIRST.test(file))
          .map((file): HtmlTagDescriptor => {
            const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `./${file}` };
            return { tag: 'link', attrs, injectTo: 'head-prepend' };
          }),
    },
  };
}
