import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one line that any tool can read: `N passed, N failed, N skipped`. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) count.failed += 1;
    }
    process.once('exit', () =>
      console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`),
    );
  }
}
