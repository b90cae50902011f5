//! Dates with a month's name: RFC 822, asctime and the like, the parts in any order.

use jiff::civil::Date;

use super::{Clock, Told, Zone, full_year, offset_minutes, words};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Number(&'a str),
    Word(&'a str),
    Sign(char),
    Space,
}

#[derive(Debug, Default)]
struct Found<'a> {
    month: Option<i8>,
    numbers: Vec<&'a str>,
    clock: Option<Clock>,
    is_afternoon: Option<bool>,
    zone: Zone,
}

/// Reads a date from a folded text.
pub(super) fn read(text: &str) -> Option<Told> {
    let text = text.replace("a.m.", "am").replace("p.m.", "pm");
    let tokens = tokens(&text);
    let mut found = Found::default();
    let mut at = 0;
    while at < tokens.len() {
        at += found.take(&tokens[at..], at == 0)?;
    }
    let date = found.date()?;
    Some(Told { date, clock: found.clock.unwrap_or_default().in_half(found.is_afternoon)?, zone: found.zone })
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind: fn(char) -> bool = match first {
            c if c.is_ascii_digit() => |c| c.is_ascii_digit(),
            c if c.is_alphabetic() => words::is_joined,
            c if c.is_whitespace() => char::is_whitespace,
            _ => |_| false,
        };
        let end = rest.find(|c| !kind(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (run, after) = rest.split_at(end);
        tokens.push(match first {
            c if c.is_ascii_digit() => Token::Number(run),
            c if c.is_alphabetic() => Token::Word(run),
            c if c.is_whitespace() => Token::Space,
            c => Token::Sign(c),
        });
        rest = after;
    }
    tokens
}

impl<'a> Found<'a> {
    /// Takes what stands first and says how many tokens it was; `None` when it makes no sense in a date.
    fn take(&mut self, tokens: &[Token<'a>], is_first: bool) -> Option<usize> {
        match tokens {
            [Token::Number(hour), Token::Sign(':'), Token::Number(minute), rest @ ..] => {
                self.take_clock(hour, minute, rest).map(|taken| taken + 3)
            }
            [Token::Number(hour), Token::Space, Token::Word(half), ..] | [Token::Number(hour), Token::Word(half), ..]
                if self.clock.is_none() && words::is_afternoon(half).is_some() =>
            {
                self.clock = Some(Clock::new(hour.parse().ok()?, 0, 0)?);
                Some(1)
            }
            [Token::Number(hour), Token::Word("h") | Token::Sign('.'), Token::Number(minute), rest @ ..] if self.has_date() => {
                let rest =
                    rest.strip_prefix(&[Token::Sign('.')]).and_then(|rest| rest.strip_prefix(&[Token::Number("00")])).unwrap_or(rest);
                self.take_clock(hour, minute, &[])?;
                Some(tokens.len() - rest.len())
            }
            [Token::Number(hour), Token::Word(word), ..] | [Token::Number(hour), Token::Space, Token::Word(word), ..]
                if self.has_date() && self.clock.is_none() && words::is_hour(word) =>
            {
                self.take_clock(hour, "0", &[])?;
                Some(1)
            }
            [Token::Number(number), Token::Word(word), ..] if words::is_month_of_last(word) => {
                self.month = number.parse().ok();
                Some(2)
            }
            [Token::Word(word), Token::Space, Token::Number(number), ..] if words::is_month_of_next(word) => {
                self.month = number.parse().ok();
                Some(3)
            }
            [Token::Space, Token::Sign('-'), Token::Number(year), ..] if year.len() == 4 && self.clock.is_none() => None,
            [Token::Number(number), ..] => {
                self.numbers.push(number);
                Some(1)
            }
            [Token::Sign(sign @ ('+' | '-' | '−')), Token::Number(hours), rest @ ..] if self.clock.is_some() => {
                self.take_offset(*sign, hours, rest)
            }
            [Token::Sign('+'), ..] => None,
            [Token::Word(word), rest @ ..] => self.take_word(word, rest, is_first),
            [Token::Sign(':'), ..] => None,
            _ => Some(1),
        }
    }

    fn take_clock(&mut self, hour: &str, minute: &str, rest: &[Token<'a>]) -> Option<usize> {
        let (second, mut taken) = match rest {
            [Token::Sign(':'), Token::Number(second), ..] => (*second, 2),
            _ => ("0", 0),
        };
        if self.clock.is_some() || hour.len() > 2 || minute.len() > 2 || second.len() > 2 {
            return None;
        }
        if let [Token::Sign('.'), Token::Number(_), ..] = rest[taken..] {
            taken += 2;
        }
        self.clock = Some(Clock::new(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?)?);
        Some(taken)
    }

    fn take_offset(&mut self, sign: char, hours: &str, rest: &[Token<'a>]) -> Option<usize> {
        let (minutes, taken) = match rest {
            [Token::Sign(':'), Token::Number(minutes), ..] => (Some(*minutes), 4),
            _ => (None, 2),
        };
        let east = if sign == '+' { 1 } else { -1 };
        let offset = east * offset_minutes(hours, minutes)?;
        if matches!(rest.get(taken - 2), Some(Token::Word(word)) if *word != "z" || offset != 0) {
            return None;
        }
        self.zone = Zone::East(offset);
        Some(taken)
    }

    fn take_word(&mut self, word: &str, rest: &[Token<'a>], is_first: bool) -> Option<usize> {
        // Tuesday begins like March in French, Spanish and Italian: a month later in the text decides.
        let names_month = |word: &str| words::month(word).is_some() || words::is_month_of_last(word) || words::is_month_of_next(word);
        let is_weekday = is_first && rest.iter().any(|token| matches!(token, Token::Word(word) if names_month(word)));
        if let Some(zone) = words::zone(word).filter(|_| self.clock.is_some()) {
            if !matches!(self.zone, Zone::East(_)) {
                self.zone = Zone::East(zone);
            }
            return Some(1);
        }
        if is_weekday || words::is_empty(word) {
            return Some(1);
        }
        if let Some(month) = words::month(word).filter(|_| self.month.is_none()) {
            self.month = Some(month);
            return Some(1);
        }
        if let Some(is_afternoon) = words::is_afternoon(word) {
            self.is_afternoon = Some(is_afternoon);
            return Some(1);
        }
        // After the time, the name of a zone; before it, a word such as "ore", or a weekday.
        if self.clock.is_some() && self.zone.is_unsaid() {
            self.zone = Zone::of_word(word);
        }
        (self.clock.is_some() || self.has_date()).then_some(1)
    }

    /// Whether day, month and year are known.
    fn has_date(&self) -> bool {
        self.month.is_some() && self.numbers.len() >= 2
    }

    fn date(&self) -> Option<Date> {
        let month = self.month?;
        let (day, year) = match self.numbers[..] {
            [day, year] if day.len() < 3 => (day, year),
            [year, day] if year.len() == 4 => (day, year),
            _ => return None,
        };
        Date::new(full_year(year)?, month, day.parse().ok()?).ok()
    }
}
