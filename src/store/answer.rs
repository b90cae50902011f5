//! What a desk promises: a future that ends when its work ends. The work runs whether or not anybody waits for it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::sync::oneshot;

use super::error::StoreError;

/// The answer to one request; works under any executor.
#[must_use = "the work is queued already, but whether it succeeded is known only by waiting"]
pub struct Answer<T>(Inner<T>);

enum Inner<T> {
    Waiting(oneshot::Receiver<Result<T, StoreError>>),
    Refused(StoreError),
}

impl<T> Answer<T> {
    pub(super) fn waiting(receiver: oneshot::Receiver<Result<T, StoreError>>) -> Answer<T> {
        Answer(Inner::Waiting(receiver))
    }

    pub(super) fn refused(error: StoreError) -> Answer<T> {
        Answer(Inner::Refused(error))
    }
}

impl<T> Future for Answer<T> {
    type Output = Result<T, StoreError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Inner::Waiting(receiver) => {
                let answer = ready!(Pin::new(receiver).poll(context));
                Poll::Ready(answer.unwrap_or(Err(StoreError::Closed)))
            }
            Inner::Refused(error) => Poll::Ready(Err(error.clone())),
        }
    }
}
