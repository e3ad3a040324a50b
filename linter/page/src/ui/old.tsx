// What is said to a browser that cannot run the checker.

export function Old({ lacking }: { lacking: string }) {
  return (
    <main class="start">
      <div class="sheet old">
        <h1>年报检查</h1>
        <hr class="seal" />
        <p>
          这个浏览器太旧，打不开检查程序。请用 Edge 或 Chrome 97、Firefox 113、Safari 16.4
          或以后的版本；360、统信、麒麟的浏览器看“关于”里的内核（Chromium）版本，要 97 以上。
        </p>
        <p lang="en">
          This browser is too old for the checker. Use Edge or Chrome 97, Firefox 113, Safari 16.4 or later.
        </p>
        <p class="quiet">{`缺少：${lacking}`}</p>
      </div>
    </main>
  );
}
