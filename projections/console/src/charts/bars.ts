/** What a bar chart shows, ready to draw. */
export type Bars = {
  labels: string[];
  series: { name: string; values: number[] }[];
  /** Only whole numbers on the axis. */
  whole: boolean;
  /** The figures of one place in words, lines apart. */
  tip: (at: number) => string;
};

export type Palette = {
  ink: string;
  muted: string;
  line: string;
  surface: string;
  font: string;
  series: string[];
};

/** The colours of tokens.css as they are now, light or dark. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: value("--ink"),
    muted: value("--muted"),
    line: value("--line"),
    surface: value("--surface"),
    font: getComputedStyle(document.body).fontFamily,
    series: [1, 2, 3, 4, 5, 6, 7, 8].map(number => value(`--series-${number}`)),
  };
}
