//! A feed that this process has taken in hand, so that no other process asks it meanwhile.

use jiff::{SignedDuration, Timestamp};

use super::{
    Parts,
    course::{Urgency, Verdict, is_file, verdict},
};
use crate::fetch::host_key;
use crate::store::{BackDesk, Claim, FeedRecord, StoreError};

/// A claim outlives its request by this much at most, when nobody was left to give it back.
const CLAIM_SLACK: SignedDuration = SignedDuration::from_mins(1);

/// Given back when dropped, unless the store has kept what came of it, which ends it as well.
pub(super) struct InHand {
    back: BackDesk,
    url: String,
    until: Option<Timestamp>,
}

impl InHand {
    /// Takes a feed in hand with what is known of it now, or says why it is not to be asked. Files need no claim.
    pub async fn take(parts: &Parts, known: FeedRecord, urgency: Urgency) -> Result<Result<(InHand, FeedRecord), Verdict>, StoreError> {
        let (back, url, now) = (parts.back.clone(), known.url.clone(), parts.clock.now());
        if is_file(&url) {
            return Ok(Ok((InHand { back, url, until: None }, known)));
        }
        let until = now.checked_add(parts.settings.total_timeout.saturating_add(CLAIM_SLACK)).unwrap_or(Timestamp::MAX);
        let host = host_key(known.way.address.as_ref().unwrap_or(&url));
        let claim = back.claim(url.clone(), host, now, until, move |record| verdict(record, now, urgency) == Verdict::Ask).await?;
        Ok(match claim {
            Claim::Taken(record) => Ok((InHand { back, url, until: Some(until) }, record)),
            Claim::NotWanted(record) => Err(verdict(&record, now, urgency)),
        })
    }

    /// The store has kept what came of it.
    pub fn done(mut self) {
        self.until = None;
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        if let Some(until) = self.until.take() {
            // Queued before this returns; nobody waits for it.
            drop(self.back.release(std::mem::take(&mut self.url), until));
        }
    }
}
