//! Small writes that wait at a desk at the same time share one transaction: a claim or a 304 costs the disk next to nothing
//! then, however many feeds there are. All of them are kept or none is; each asker is told after the commit.

use rusqlite::{Connection, Result};
use tokio::sync::oneshot;

use super::desk::Desk;
use super::error::StoreError;

/// The most that share a transaction: a person's mark waits for it to end.
pub(super) const MOST_TOGETHER: usize = 32;

/// A write of a row or two.
pub(super) trait SmallWrite: Send {
    fn write(&mut self, connection: &Connection) -> Result<()>;
    /// Tells the asker how the transaction ended.
    fn tell(self: Box<Self>, ended: std::result::Result<(), StoreError>);
}

/// A small write and who asked for it.
pub(super) struct Asked<T, W> {
    work: Option<W>,
    value: Option<T>,
    reply: oneshot::Sender<std::result::Result<T, StoreError>>,
}

impl<T, W> Asked<T, W> {
    pub(super) fn new(work: W, reply: oneshot::Sender<std::result::Result<T, StoreError>>) -> Asked<T, W> {
        Asked { work: Some(work), value: None, reply }
    }
}

impl<T: Send, W: FnOnce(&Connection) -> Result<T> + Send> SmallWrite for Asked<T, W> {
    fn write(&mut self, connection: &Connection) -> Result<()> {
        self.value = self.work.take().map(|work| work(connection)).transpose()?;
        Ok(())
    }

    fn tell(self: Box<Self>, ended: std::result::Result<(), StoreError>) {
        let Asked { value, reply, .. } = *self;
        // Nobody waiting any more is fine: the work was wanted, its answer is not.
        let _ = reply.send(ended.and_then(|()| value.ok_or(StoreError::Closed)));
    }
}

pub(super) fn write(desk: &Desk, mut writes: Vec<Box<dyn SmallWrite>>) {
    let ended = desk.write(|connection| writes.iter_mut().try_for_each(|write| write.write(connection)));
    writes.into_iter().for_each(|write| write.tell(ended.clone()));
}
