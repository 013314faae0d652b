//! Bars and colours; plain text where the output is not a terminal.

use std::io::IsTerminal;

/// Colours of a terminal, or none.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Colours only where standard output is a terminal and `NO_COLOR` is not set.
    pub fn of_stdout() -> Self {
        Self { on: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() }
    }

    /// Colours only where standard error is a terminal and `NO_COLOR` is not set.
    pub fn of_stderr() -> Self {
        Self { on: std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() }
    }

    /// No colours.
    pub fn plain() -> Self {
        Self { on: false }
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }

    /// Bold.
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Dimmed.
    pub fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    /// Green, for bars and what is well.
    pub fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    /// Red, for errors.
    pub fn red(self, text: &str) -> String {
        self.with("31;1", text)
    }

    /// Yellow, for warnings and questions.
    pub fn yellow(self, text: &str) -> String {
        self.with("33;1", text)
    }
}

/// A bar for a share of 0 to 1, in eighths of a column.
pub fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let eighths = (share.clamp(0.0, 1.0) * (width * 8) as f64).round() as usize;
    let mut text = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        text.push(EIGHTHS[eighths % 8]);
    }
    let used = text.chars().count();
    text + &" ".repeat(width - used)
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn bars_have_one_width() {
        for share in [-1.0, 0.0, 0.01, 0.5, 0.999, 1.0, 7.0] {
            assert_eq!(bar(share, 20).chars().count(), 20);
        }
    }
}
