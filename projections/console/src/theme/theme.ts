import { createTheme } from "@mantine/core";

/** The component library in the console's type and colours; all other colours are in tokens.css. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  defaultRadius: "md",
  primaryColor: "teal",
  primaryShade: { light: 9, dark: 4 },
  cursorType: "pointer",
});
