//! What is known of single sites, read from `assets/clean/sites.toml`: what to take out of their pages, where their text
//! stands, where they offer it as plain text. It must not know of any single page.

use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

use super::tree::{Id, Tree};
use crate::assets;
use crate::domain::address::is_host_in;

mod selector;
use selector::Selector;

/// What is known of a site.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Site {
    /// The host, or the end of it after a dot.
    host: String,
    #[serde(default)]
    remove: Vec<Selector>,
    main: Option<Selector>,
    text_edition: Option<TextEdition>,
}

/// How the address of an article's text edition is made of the article's own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TextEdition {
    /// How the path of an article begins.
    path: String,
    /// With `{path}`, or `{part N}` for a part of the path, counted from 1, or from the end when negative.
    address: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sites {
    site: Vec<Site>,
}

static SITES: LazyLock<Vec<Site>> = LazyLock::new(|| read(assets::SITES).map(|sites| sites.site).unwrap_or_default());

fn read(text: &str) -> Result<Sites, toml::de::Error> {
    toml::from_str(text)
}

/// The rules of the site that an address leads to.
pub(super) fn of(address: Option<&str>) -> Option<&'static Site> {
    let url = Url::parse(address?).ok()?;
    let host = url.host_str()?.to_ascii_lowercase();
    SITES.iter().filter(|site| is_host_in(&host, &site.host)).max_by_key(|site| site.host.len())
}

/// Where a site offers an article as plain text, by the address of its page; `None` where no such place is known.
pub fn text_edition(address: &str) -> Option<String> {
    let edition = of(Some(address))?.text_edition.as_ref()?;
    let url = Url::parse(address).ok().filter(|url| url.path().starts_with(&edition.path))?;
    edition.of(&url).filter(|made| made != address)
}

impl TextEdition {
    fn of(&self, url: &Url) -> Option<String> {
        let parts: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
        let (before, rest) = self.address.split_once('{')?;
        let (wanted, after) = rest.split_once('}')?;
        let part = match wanted.strip_prefix("part ") {
            None => url.path(),
            Some(number) => match number.parse::<isize>().ok()? {
                number @ 1.. => parts.get(number.unsigned_abs() - 1)?,
                number => parts.get(parts.len().checked_sub(number.unsigned_abs())?)?,
            },
        };
        Some(format!("{before}{part}{after}"))
    }
}

impl Site {
    /// Takes out what the site's rules name.
    pub(super) fn remove(&self, tree: &mut Tree) {
        for id in tree.elements() {
            if self.remove.iter().any(|selector| selector.fits(tree, id)) {
                tree.detach(id);
            }
        }
    }

    /// Where the site's rules say that its text stands.
    pub(super) fn main(&self, tree: &Tree) -> Option<Id> {
        let main = self.main.as_ref()?;
        tree.elements().into_iter().find(|id| main.fits(tree, *id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_is_built_in_can_be_read_and_stands_once() {
        let sites = read(assets::SITES).expect("assets/clean/sites.toml").site;
        let mut hosts: Vec<&str> = sites.iter().map(|site| site.host.as_str()).collect();
        hosts.sort_unstable();
        hosts.dedup();
        assert_eq!(hosts.len(), sites.len());
    }

    #[test]
    fn a_rule_holds_for_a_host_and_what_ends_in_it() {
        let host = |address: &str| of(Some(address)).map(|site| site.host.as_str());
        assert_eq!(host("https://www.npr.org/x"), Some("npr.org"));
        assert_eq!(host("https://npr.org/x"), Some("npr.org"));
        assert_eq!(host("https://notnpr.org/x"), None);
        assert_eq!(host("npr.org"), None);
    }

    #[test]
    fn a_text_edition_is_found_by_the_address_of_the_page() {
        let check = |address: &str, expected: Option<&str>| assert_eq!(text_edition(address).as_deref(), expected, "{address}");
        check("https://www.npr.org/2025/03/04/nx-s1-5317000/a-slug", Some("https://text.npr.org/nx-s1-5317000"));
        check("https://www.npr.org/sections/news/", None);
        check("https://www.cnn.com/2025/03/04/world/a-slug/index.html", Some("https://lite.cnn.com/2025/03/04/world/a-slug/index.html"));
        check("https://example.org/2025/", None);
        check("not an address", None);
    }
}
