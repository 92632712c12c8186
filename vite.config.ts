import { defineConfig } from 'vite';

/** Builds the page into dist/page: everything beside index.html has a name that changes with what is in it. */
export default defineConfig({
  root: 'src/page',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/page',
    emptyOutDir: true,
    target: 'es2022',
    // As they are: light-dark() and container queries.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // A file inside another one would be a data: URL, which the page's own policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
