//! A feed that this process has taken in hand, so that no other instance asks it meanwhile, nor others
//! of its host beside it.

use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::time::{Instant, sleep};

use super::{
    Parts,
    course::{Occasion, Verdict, is_file, verdict},
};
use crate::domain::settings::FetchSettings;
use crate::fetch::{LONGEST_CROWD, Place, host_key, is_this_machine};
use crate::store::{BackDesk, Claim, FeedRecord, Intent, Manners, StoreError};

/// Of a claim, besides the time that its request has at the servers: for its waits between them, and for keeping what came.
pub(super) const CLAIM_SLACK: SignedDuration = LONGEST_CROWD.saturating_add(SignedDuration::from_mins(1));
/// How long to wait before looking again whether another instance has left a host; doubled each time.
const FIRST_HOST_WAIT: Duration = Duration::from_millis(10);
const LONGEST_HOST_WAIT: Duration = Duration::from_millis(640);

/// Waits until other instances leave room at a host, at most as long as one request of theirs may take.
pub(super) struct HostWait {
    deadline: Instant,
    next: Duration,
}

impl HostWait {
    pub fn new(settings: &FetchSettings) -> HostWait {
        let patience = Duration::try_from(settings.total_timeout).unwrap_or_default() + LONGEST_HOST_WAIT;
        HostWait { deadline: Instant::now() + patience, next: FIRST_HOST_WAIT }
    }

    pub fn is_over(&self) -> bool {
        Instant::now() >= self.deadline
    }

    pub async fn pause(&mut self) {
        sleep(self.next).await;
        self.next = LONGEST_HOST_WAIT.min(self.next * 2);
    }
}

type Taken = (InHand, FeedRecord);

/// Given back when dropped, unless the store has kept what came of it, which ends it as well.
pub(super) struct InHand {
    back: BackDesk,
    url: String,
    until: Option<Timestamp>,
}

impl InHand {
    /// Takes a feed in hand with what is known of it now, when its request can begin, or says why it is not to be asked.
    /// While other instances leave no room at its host it waits.
    pub async fn take(
        parts: &Parts,
        place: &mut Place,
        known: FeedRecord,
        occasion: &Occasion,
    ) -> Result<Result<Taken, Verdict>, StoreError> {
        let mut wait = HostWait::new(&parts.settings);
        loop {
            place.begin().await;
            match InHand::try_take(parts, &known, occasion).await? {
                Some(taken) => return Ok(taken),
                None if wait.is_over() => return Ok(Err(Verdict::Elsewhere)),
                None => place.step_back(),
            }
            wait.pause().await;
        }
    }

    /// `None` when the host has no room. Files need no claim.
    async fn try_take(parts: &Parts, known: &FeedRecord, occasion: &Occasion) -> Result<Option<Result<Taken, Verdict>>, StoreError> {
        let (back, url, now) = (parts.back.clone(), known.url.clone(), parts.clock.now());
        if is_file(&url) {
            return Ok(Some(Ok((InHand { back, url, until: None }, known.clone()))));
        }
        let until = now.checked_add(parts.settings.total_timeout.saturating_add(CLAIM_SLACK)).unwrap_or(Timestamp::MAX);
        let (urgency, address) = (occasion.urgency, known.way.address.as_ref().unwrap_or(&url));
        let (refused, host) = (occasion.refused.until(address), manners(&parts.settings, address));
        let intent = Intent { url: url.clone(), host, now, until };
        let claim = back.claim(intent, move |record| refused.is_none() && verdict(record, now, urgency) == Verdict::Ask).await?;
        Ok(match claim {
            Claim::Taken(record) => Some(Ok((InHand { back, url, until: Some(until) }, record))),
            Claim::NotWanted(record) => Some(Err(match refused {
                Some(until) => Verdict::LeftAlone { until: record.quiet_until.map_or(until, |quiet| quiet.max(until)) },
                None => verdict(&record, now, urgency),
            })),
            Claim::HostBusy => None,
        })
    }

    /// The store has kept what came of it.
    pub fn done(mut self) {
        self.until = None;
    }
}

/// What all instances keep to at the host of an address. This machine needs no pause.
pub(super) fn manners(settings: &FetchSettings, url: &str) -> Option<Manners> {
    let pause = if is_this_machine(url) { SignedDuration::ZERO } else { settings.pause_per_host };
    host_key(url).map(|host| Manners { host, at_once: u32::try_from(settings.at_once_per_host).unwrap_or(u32::MAX), pause })
}

impl Drop for InHand {
    fn drop(&mut self) {
        if let Some(until) = self.until.take() {
            // Queued before this returns; nobody waits for it.
            drop(self.back.release(std::mem::take(&mut self.url), until));
        }
    }
}
