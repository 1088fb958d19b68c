/** One build pass a client: what a module shared by two clients drags in would else land in both. */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const ROOT = import.meta.dirname;
const DIST = resolve(ROOT, 'dist');
const TEXT_FILE = /\.(js|css|html|svg|json|txt|webmanifest)$/;
/** Under this size the headers of a compressed answer cost what the compression saves. */
const WORTH_COMPRESSING_BYTES = 1024;
const API = 'http://127.0.0.1:8000';
const API_PATHS = [
  'admins',
  'audit',
  'auth',
  'ingest',
  'media',
  'notifications',
  'reviews',
  'series',
  'shows',
  'stream-tests',
  'users',
].map((name) => `/${name}`);

/** Writes .br and .gz beside each text file, so that the server never compresses while somebody waits. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    closeBundle() {
      for (const name of readdirSync(DIST, { recursive: true }) as string[]) {
        const path = resolve(DIST, name);
        if (name.startsWith('.') || !statSync(path).isFile() || !TEXT_FILE.test(path)) continue;
        const content = readFileSync(path);
        // The page carries a nonce that changes with each answer: it can't be compressed beforehand.
        if (content.length < WORTH_COMPRESSING_BYTES || path.endsWith('.html')) continue;
        const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
        writeFileSync(`${path}.br`, brotliCompressSync(content, brotli));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** Shaka's stylesheet asks a foreign host for a font: viewers' addresses stay with us. */
function withoutRemoteFonts(): Plugin {
  return {
    name: 'without-remote-fonts',
    enforce: 'pre',
    transform: {
      filter: { id: /shaka-player\/dist\/controls.*\.css/ },
      handler: (css) =>
        css
          .replace(/@font-face\s*\{[^}]*\}/g, '')
          .replace(/font-family:\s*roboto,\s*sans-serif/gi, 'font-family:inherit'),
    },
  };
}

/** `vite dev` knows one index; this sends the admin's navigations to the other, as the service does. */
function adminPages(): Plugin {
  return {
    name: 'admin-pages',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _, next) => {
        const isPage = /^\/admin(\/[^.]*)?(\?.*)?$/.test(request.url ?? '');
        if (isPage && request.headers.accept?.includes('text/html')) request.url = '/admin/index.html';
        next();
      });
    },
  };
}

/** Says in the page where the player's file is, for loadWatchPage.ts to have it fetched once nothing else is waited for. */
function playerFetchedAhead(): Plugin {
  return {
    name: 'player-fetched-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.values(bundle ?? {})
          .filter((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/watch/WatchPage.tsx'))
          .map(({ fileName }) => ({
            tag: 'meta',
            attrs: { name: 'player', content: `/${fileName}` },
            injectTo: 'head' as const,
          })),
    },
  };
}

interface Modules {
  getModuleInfo: (id: string) => { isEntry: boolean; importers: readonly string[] } | null;
}

/** In how few steps the entry, which is the page, imports the module; Infinity where it is fetched when it is needed. */
function stepsFromPage(id: string, modules: Modules, seen = new Set<string>()): number {
  const module = modules.getModuleInfo(id);
  if (!module || seen.has(id)) return Infinity;
  if (module.isEntry) return 0;
  seen.add(id);
  return 1 + Math.min(...module.importers.map((importer) => stepsFromPage(importer, modules, seen)));
}

/**
 * What the first page needs comes as one file: each further one costs a phone a way there and back. Not in it is the
 * script that the page names, which awaits a language: nobody may have to wait for that one's end.
 */
const inOneFile = {
  groups: [
    {
      debugName: 'first',
      name: (id: string, modules: Modules) => {
        const steps = stepsFromPage(id, modules);
        return steps > 1 && steps < Infinity ? 'first' : null;
      },
    },
  ],
};

/** What a client is built from, and where its pieces go; the server keeps what lies below an `assets` for ever. */
const CLIENTS = {
  viewer: { index: 'index.html', assetsDir: 'assets' },
  admin: { index: 'admin/index.html', assetsDir: 'admin/assets' },
};

export default defineConfig(({ mode }) => {
  const name = mode === 'admin' ? 'admin' : 'viewer';
  const client = CLIENTS[name];
  return {
    root: ROOT,
    html: { cspNonce: '__CSP_NONCE__' },
    plugins: [withoutRemoteFonts(), react(), adminPages(), playerFetchedAhead(), precompress()],
    server: {
      host: '127.0.0.1',
      port: 5173,
      proxy: Object.fromEntries(API_PATHS.map((path) => [path, API])),
    },
    build: {
      target: 'es2023',
      outDir: DIST,
      // The viewer's pass comes first and clears the table.
      emptyOutDir: name === 'viewer',
      assetsDir: client.assetsDir,
      assetsInlineLimit: 0,
      manifest: `.vite/${name}.json`,
      modulePreload: { polyfill: false },
      // The player's engine is one file of this size; the first page's own budget is kept by scripts/firstLoadSize.js.
      chunkSizeWarningLimit: 1200,
      rolldownOptions: {
        input: { [name]: resolve(ROOT, client.index) },
        output: { codeSplitting: inOneFile },
      },
    },
  };
});
