import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.xmlbeans.SchemaTypeLoader;
import org.apache.xmlbeans.SchemaTypeSystem;
import org.apache.xmlbeans.XmlBeans;
import org.apache.xmlbeans.XmlError;
import org.apache.xmlbeans.XmlOptions;

/** Tells what is wrong with the parts of presentations by compiled schemas: java -cp JARS CheckSlides.java HOLDER FILE … */
class CheckSlides {
    // the package's own parts have schemas of another standard: ISO 29500-2
    private static final String PARTS = "ppt/.*\\.xml|docProps/app\\.xml";

    public static void main(String[] words) throws Exception {
        Object system = Class.forName(words[0]).getField("typeSystem").get(null);
        SchemaTypeLoader[] known = {(SchemaTypeSystem) system, XmlBeans.getBuiltinTypeSystem()};
        SchemaTypeLoader schemas = XmlBeans.typeLoaderUnion(known);
        for (String file : List.of(words).subList(1, words.length)) {
            try (ZipFile archive = new ZipFile(file)) {
                for (ZipEntry part : Collections.list(archive.entries())) {
                    if (part.getName().matches(PARTS)) {
                        check(archive, part, schemas, Path.of(file).getFileName().toString());
                    }
                }
            }
        }
    }

    private static void check(ZipFile archive, ZipEntry part, SchemaTypeLoader schemas, String file) throws Exception {
        List<XmlError> faults = new ArrayList<>();
        schemas.parse(archive.getInputStream(part), null, null).validate(new XmlOptions().setErrorListener(faults));
        System.out.println(file + "\t" + part.getName() + "\t");
        for (XmlError fault : faults) {
            System.out.println(file + "\t" + part.getName() + "\t" + fault.getMessage());
        }
    }
}
