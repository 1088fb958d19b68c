/** Units and components in jsdom; what needs a real browser is in tests/browser beside the API's tests. */
import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vite.config.ts';

export default defineConfig((environment) =>
  mergeConfig(base(environment), {
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.{ts,tsx}'],
      restoreMocks: true,
      css: false,
      pool: 'vmThreads',
    },
  }),
);
