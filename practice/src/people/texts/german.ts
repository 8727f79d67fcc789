/** What people write in German, to somebody they call du; `GERMAN_FORMAL` says Sie where it matters. */
import type { Bodies } from './intents.ts'

export const GERMAN: Bodies = {
  apply: [
    'Ich kenne die Marke schon länger und würde sie gern in meiner Wochenreihe zeigen. Bei mir geht es meist um {niche}; zwei Reels und ein paar Storys passen für mich.',
    'Das passt gut zu meiner Community: {reach} Menschen, die da sind, weil es um {niche} geht, und die genau danach fragen. In zwei Wochen könnte ich anfangen.',
    'Ich bin dabei. Meine letzte Reihe über {niche} haben mehr Menschen gesehen, als mir folgen ({reach}), Zahlen schicke ich gern.',
    'Die Idee gefällt mir, und die Termine passen. Ich würde hier in {city} drehen, bei Tageslicht, ohne Skript. Nur bitte kein „Link in Bio“ in der ersten Sekunde.',
    'Ehrlich gesagt wollte ich euch selbst schon schreiben. Bei mir geht es jeden Tag um {niche}, das würde sich also nicht wie Werbung anfühlen. Rohmaterial kann ich auch liefern.',
    'Sehr gern. Eins vorweg: Ich probiere alles eine Woche lang aus, bevor ich darüber poste. Das erste Reel kommt also frühestens an Tag acht.',
  ],
  question: [
    'danke, dass du an mich gedacht hast. Bevor ich zusage: Ist der Termin fest, oder könnte ich eine Woche später posten? Ich bin bis zum 12. unterwegs, und das WLAN im Zug hat seinen eigenen Kopf.',
    'klingt gut. Sind die Nutzungsrechte für Anzeigen im Honorar enthalten, und wie lange gelten sie? Letztes Jahr hing mein Gesicht fünf Monate in der U-Bahn.',
    'kurze Frage: Darf ich das Produkt behalten, und kommt das Paket auch an eine Packstation? Vor sieben ist hier niemand zu Hause.',
    'ich habe das Briefing zweimal gelesen und frage mich noch: ein Reel plus drei Storys, oder insgesamt drei Storys?',
    'das könnte gut passen, bei mir geht es ja um {niche}. Wer hat beim Schnitt das letzte Wort, und mit wie vielen Korrekturrunden rechnet ihr? Ich plane eine ein.',
    'bevor ich mich bewerbe: Meine Community ist halb deutsch, halb englisch. Braucht ihr beide Sprachen, oder darf ich wählen?',
  ],
  decline: [
    'vielen Dank für die Anfrage, aber nein, danke: Ich bin bis zum Frühjahr ausgebucht. Frag gern wieder.',
    'diesmal habe ich kein Interesse, es passt nicht zu meinem Kanal. Meine Leute kommen für {niche} und merken sofort, wenn ich ihnen etwas anderes verkaufen will. Viel Erfolg mit der Kampagne.',
    'ich muss leider absagen, ich habe ausgerechnet am Montag bei einer ähnlichen Marke unterschrieben.',
    'das ist lieb, aber ich mache dieses Quartal Pause mit bezahlten Posts. Also: nein, danke, vorerst.',
  ],
  negotiate: [
    'das gefällt mir sehr. Das Honorar liegt allerdings unter dem, was ich sonst nehme: Für ein Reel und drei Storys bin ich bei {fee}, drei Monate Nutzung inklusive. Kommen wir da zusammen?',
    'grundsätzlich ja. Bei {reach} Followern und einem Drehtag in {city} bräuchte ich {fee}. Mein Mediakit hängt an, dann siehst du, wie die Zahl zustande kommt.',
    'schönes Briefing. Zwei Wünsche zur Wahl: {fee} statt der genannten Summe, oder dieselbe Summe ohne Nutzungsrechte für Anzeigen. Mir ist beides recht.',
    'ich wäre gern dabei. Mein Satz für diesen Umfang ist {fee}; bei zwei Kampagnen hintereinander gehe ich fünfzehn Prozent runter. Was meinst du?',
  ],
  agreed: [
    'das passt für mich, danke, dass du dich bei den Zahlen bewegt hast. Ich habe mich gerade auf der Seite beworben, dann ist alles an einem Ort.',
    'abgemacht. Meine Bewerbung ist raus; die Rechnung kommt von meiner kleinen Firma, gleiche Adresse.',
    'gut, machen wir es so. Das Formular habe ich eben ausgefüllt.',
  ],
  away: [
    'Vielen Dank für deine Nachricht. Ich bin bis Montag nicht da und lese nur ab und zu E-Mails. Deine Nachricht wird nicht weitergeleitet.',
    'Ich bin gerade unterwegs und habe kaum Empfang. Ich melde mich, sobald ich zurück bin.',
    'Hallo! Diese Woche wird gedreht, E-Mails beantworte ich am Freitagnachmittag. Wenn es brennt, schreib mir auf der Plattform.',
  ],
  manager: [
    'Guten Tag,\n\nich betreue {fullName} und beantworte die Post. Grundsätzlich ja. Können Sie mir das Budget und die Liste der Inhalte schicken?\n\nMit freundlichen Grüßen\nManagement {fullName}',
    'Hallo,\n\n{name} hat uns Ihre E-Mail weitergegeben. Wir haben Interesse; bitte nehmen Sie mich ab hier in Kopie.\n\nBeste Grüße\nManagement {fullName}',
    'Guten Tag,\n\nfür {fullName} kümmern wir uns um alle Kooperationen. Termine gehen ab der zweiten Woche des nächsten Monats; Nutzungsrechte berechnen wir gesondert. Darf ich Ihnen unsere Bedingungen schicken?\n\nMit freundlichen Grüßen\nManagement {fullName}',
  ],
  thanks: [
    'das freut mich sehr, danke! Den ersten Schnitt schicke ich dir bis Ende nächster Woche.',
    'oh wie schön! Ich freue mich drauf. Meine Adresse hast du, glaube ich, schon. Die Klingel geht nicht, der Bote soll bitte klopfen.',
    'danke. Die Termine stehen im Kalender, mit Kuli.',
    'toll, damit ist mein Tag gerettet. Hier schon mal ein Bild von der Stelle, an der ich drehen will; sag früh Bescheid, wenn euch das Licht nicht passt.',
  ],
  'thanks-anyway': [
    'danke für die Rückmeldung. Vielleicht beim nächsten Mal.',
    'kein Problem. Viel Erfolg mit der Kampagne.',
    'schade, aber danke, dass du überhaupt Bescheid gibst; die meisten tun es nie.',
  ],
  answer: [
    'danke für deine Nachricht. Das passt für mich, sag mir einfach, was du von mir brauchst.',
    'angekommen. Ich schaue es mir heute Abend an und melde mich morgen.',
    'alles klar. Ich schreibe, sobald ich mehr über die Termine weiß.',
    'danke, das hilft. Donnerstag wäre mir lieber als Mittwoch, wenn es euch egal ist.',
  ],
  settled: [
    'damit ist alles klar, danke. Ich habe mich gerade auf der Seite beworben.',
    'perfekt. Meine Bewerbung ist raus.',
    'gut zu wissen. Das Formular ist ausgefüllt, der Rest steht dort.',
  ],
}

export const GERMAN_FORMAL: Partial<Bodies> = {
  question: [
    'vielen Dank für die Einladung. Bevor ich zusage, zwei Fragen: Sind Reisekosten im Honorar enthalten, und bis wann brauchen Sie die fertigen Beiträge?',
    'das Briefing habe ich gelesen. Offen ist für mich die Dauer der Nutzungsrechte; könnten Sie mir dazu etwas sagen?',
  ],
  decline: [
    'herzlichen Dank für Ihre Anfrage. Leider muss ich absagen, da ich bis zum Frühjahr ausgebucht bin. Sprechen Sie mich danach gern wieder an.',
    'vielen Dank, aber nein, danke: Das Thema passt nicht zu meinem Kanal, auf dem es um {niche} geht.',
  ],
  negotiate: [
    'vielen Dank für das Angebot. Für den beschriebenen Umfang liegt mein Honorar bei {fee}, drei Monate Nutzung eingeschlossen. Mein Mediakit füge ich bei.',
    'die Kampagne sagt mir zu. Bei {reach} Followern kalkuliere ich mit {fee}; ohne Anzeigenrechte komme ich Ihnen gern entgegen.',
  ],
  agreed: ['damit bin ich einverstanden. Meine Bewerbung habe ich soeben auf Ihrer Seite abgegeben.'],
  thanks: [
    'vielen Dank für die Zusage. Den ersten Schnitt erhalten Sie bis Ende nächster Woche.',
    'das freut mich. Bitte schicken Sie die Ware an die Ihnen bekannte Adresse.',
  ],
  'thanks-anyway': ['vielen Dank für die Rückmeldung. Vielleicht ergibt sich ein anderes Mal etwas.'],
  answer: [
    'vielen Dank für Ihre Nachricht. So passt es für mich; lassen Sie mich wissen, was Sie noch brauchen.',
    'Ihre Nachricht ist angekommen. Ich melde mich morgen im Laufe des Tages.',
  ],
  settled: ['damit sind meine Fragen beantwortet. Ich habe mich soeben über Ihre Seite beworben.'],
}
