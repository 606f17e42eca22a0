/** A small line of how a figure went; it says nothing that the figure beside it does not, so it is hidden from readers. */
export function Sparkline({
  values,
  width = 96,
  height = 28,
}: {
  values: readonly number[];
  width?: number;
  height?: number;
}) {
  if (values.length < 2) return <svg width={width} height={height} aria-hidden="true" />;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const flat = Math.max(...values) === low;
  const x = (at: number) => (at / (values.length - 1)) * (width - 4) + 2;
  const y = (value: number) => (flat ? height - 4 : height - 3 - ((value - low) / span) * (height - 7));
  const line = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const last = values.at(-1) ?? low;
  return (
    <svg width={width} height={height} aria-hidden="true">
      <polygon
        points={`2,${height} ${line} ${width - 2},${height}`}
        fill="var(--accent-soft)"
        opacity="0.6"
      />
      <polyline points={line} fill="none" stroke="var(--accent)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={x(values.length - 1)} cy={y(last)} r="2" fill="var(--accent)" />
    </svg>
  );
}
