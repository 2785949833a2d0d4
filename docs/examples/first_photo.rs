//! From a key to the first accepted photo, with the SDK: `first_photo "$GRADPHOTO" "$CLIENT_ID" "$CLIENT_SECRET"`.

use std::env::args;
use std::error::Error;
use std::fs;
use std::pin::pin;

use client::sdk::ApiClient;
use futures_util::TryStreamExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = args().skip(1);
    let mut next = || {
        arguments
            .next()
            .ok_or("give ORIGIN CLIENT_ID CLIENT_SECRET")
    };
    let api = ApiClient::new(&next()?, &next()?, &next()?)?;
    let schools = client::list_managed_schools(None, Some(1), None);
    let school = api.send(&schools).await?.items.pop().ok_or("no school")?;
    let tasks = client::list_school_tasks(&school.id, Some(1), None);
    let task = api.send(&tasks).await?.items.pop().ok_or("no task")?;
    let approved = |after: Option<&str>| {
        client::list_task_photos(&task.id, Some("approved"), None, None, after)
    };
    let mut photos = pin!(api.pages(approved));
    let photo = photos
        .try_next()
        .await?
        .ok_or("no photo was accepted yet")?;
    let image = client::get_task_photo_image(&task.id, &photo.id);
    fs::write("photo.jpg", api.send(&image).await?)?;
    println!("{}", photo.student.name);
    Ok(())
}
