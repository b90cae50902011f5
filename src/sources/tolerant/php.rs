//! What PHP prints into a document when something goes wrong, told from the text of the feed by its exact form.

const KINDS: &[&str] = &[
    "Warning",
    "Notice",
    "Deprecated",
    "Fatal error",
    "Parse error",
    "Strict Standards",
    "Recoverable fatal error",
    "Catchable fatal error",
];
/// No message is longer, in bytes.
const LONGEST: usize = 1000;

/// Bytes of the message that the markup begins with: `<br /> <b>Warning</b>: … on line <b>3</b><br />`.
pub(super) fn message_at(markup: &str) -> Option<usize> {
    if !markup.starts_with("<b") {
        return None;
    }
    let body = without_break(markup).trim_start();
    let after_kind =
        body.strip_prefix("<b>").and_then(|rest| KINDS.iter().find_map(|kind| rest.strip_prefix(kind)?.strip_prefix("</b>:")))?;
    let message = &after_kind.as_bytes()[..after_kind.len().min(LONGEST)];
    let end = message.windows(LINE.len()).position(|window| window == LINE)? + LINE.len();
    let number = message[end..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = after_kind.get(end + number..)?.strip_prefix("</b>").filter(|_| number > 0)?;
    Some(markup.len() - without_break(rest).len())
}

const LINE: &[u8] = b" on line <b>";

fn without_break(markup: &str) -> &str {
    markup.strip_prefix("<br />").or_else(|| markup.strip_prefix("<br>")).unwrap_or(markup)
}

/// Whether a line of the text is such a message without markup.
pub(super) fn is_message(text: &str) -> bool {
    let is_one = |line: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix("PHP ").unwrap_or(line);
        KINDS.iter().any(|kind| line.strip_prefix(kind).is_some_and(|rest| rest.starts_with(": "))) && line.contains(" on line ")
    };
    text.lines().any(is_one)
}
