package io.bursar.console;

import io.bursar.consolespi.HeaderTag;
import io.bursar.jobs.JobView;
import io.bursar.jobs.Jobs;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says on the Today page that work is not done: by mishap, or because somebody paused it. */
@Component
class JobsWell implements HeaderTag {
    private final Jobs jobs;

    JobsWell(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Optional<Tag> tag() {
        List<JobView> all = jobs.list();
        long unwell = all.stream().filter(JobView::unwell).count();
        long paused = all.stream().filter(job -> job.pause() != null).count();
        if (unwell > 0) {
            return Optional.of(new Tag(Tone.BAD, jobs(unwell) + " not well", JobsPage.PATH));
        }
        return paused > 0 ? Optional.of(new Tag(Tone.WARN, jobs(paused) + " paused", JobsPage.PATH)) : Optional.empty();
    }

    private static String jobs(long count) {
        return count == 1 ? "1 job" : count + " jobs";
    }
}
